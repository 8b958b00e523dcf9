import type { Brake } from './brake.ts';
import { refuse, type Call } from './call.ts';
import type { Rendering } from './rendering.ts';

const BUSY = {
	status: 503,
	words: 'Too many pages are asked for right now; ask again soon.',
	headers: ['retry-after', '5']
};

interface Measured {
	rendering: Rendering;
	brake: Brake;
	clock: () => number;
}

/** Refuses a call for a page that would have to be made, and says so, where the site or its client has asked for too much. */
export function refusingTooMuch({ rendering, brake, clock }: Measured) {
	return (call: Call): boolean => {
		if (!rendering.isFull()) return isBraked(call);
		refuse(call, BUSY);
		return true;
	};

	function isBraked(call: Call) {
		const { address, isEverybody } = call.client;
		const seconds = isEverybody ? null : brake.secondsToWait(address, clock());
		if (seconds === null) return false;
		const words = `This is too much at once; ask again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`;
		refuse(call, { status: 429, words, headers: ['retry-after', String(seconds)] });
		return true;
	}
}
