import { isIPv6 } from 'node:net';

/**
 * How many pages that are not kept one address may ask for: 200 at once, then 20 a second. A page takes some 4 ms, so one
 * address takes a tenth of a core at most; a person opens one page a second, and kept pages are not counted.
 */
const AT_ONCE = 200;
const PER_SECOND = 20;
/** Addresses remembered; who has been away longest is forgotten, and has a full measure again. */
const REMEMBERED = 10_000;

interface Measure {
	left: number;
	at: number;
}

export type Brake = ReturnType<typeof brakeByAddress>;

/** Lets an address have a page, or says in how many seconds it may ask again. Times in milliseconds, going forward. */
export function brakeByAddress({ atOnce = AT_ONCE, perSecond = PER_SECOND, remembered = REMEMBERED } = {}) {
	const measures = new Map<string, Measure>();
	return {
		/** Null where it may. */
		secondsToWait(address: string, now: number): number | null {
			const measured = blocksOf(address).map(({ block, times }) => ({
				block,
				times,
				left: leftOf(block, { times, now })
			}));
			const empty = measured.find(({ left }) => left < 1);
			// Who is refused takes nothing from the neighbours, and makes nobody else forgotten.
			if (!empty) for (const { block, left } of measured) remember(block, { left: left - 1, at: now });
			else remember(empty.block, { left: empty.left, at: now });
			return empty ? Math.ceil((1 - empty.left) / (perSecond * empty.times)) : null;
		},
		get size() {
			return measures.size;
		}
	};

	function leftOf(block: string, { times, now }: { times: number; now: number }) {
		const { left, at } = measures.get(block) ?? { left: atOnce * times, at: now };
		return Math.min(atOnce * times, left + ((now - at) / 1_000) * perSecond * times);
	}

	function remember(block: string, measure: Measure) {
		measures.delete(block);
		if (measures.size >= remembered) measures.delete(measures.keys().next().value!);
		measures.set(block, measure);
	}
}

interface Block {
	block: string;
	/** How many times the measure of one client is that of the whole block. */
	times: number;
}

/**
 * What an address counts as, the widest first. One customer has 2^64 addresses of IPv6, which count as one, and may have
 * 2^16 times as many, which count as ten. Addresses are canonical.
 */
export function blocksOf(address: string): Block[] {
	if (!isIPv6(address)) return [{ block: address, times: 1 }];
	const groups = groupsOf(address);
	return [
		{ block: `${groups.slice(0, 3).join(':')}::/48`, times: 10 },
		{ block: `${groups.slice(0, 4).join(':')}::/64`, times: 1 }
	];
}

function groupsOf(address: string) {
	const [head = '', tail] = address.split('::');
	const first = head === '' ? [] : head.split(':');
	const last = tail ? tail.split(':') : [];
	const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
	return [...first, ...zeros, ...last];
}
