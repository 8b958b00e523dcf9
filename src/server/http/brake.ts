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
			const one = blockOf(address);
			const { left, at } = measures.get(one) ?? { left: atOnce, at: now };
			const have = Math.min(atOnce, left + ((now - at) / 1_000) * perSecond);
			measures.delete(one);
			if (measures.size >= remembered) measures.delete(measures.keys().next().value!);
			measures.set(one, { left: have < 1 ? have : have - 1, at: now });
			return have < 1 ? Math.ceil((1 - have) / perSecond) : null;
		},
		get size() {
			return measures.size;
		}
	};
}

/** One customer has 2^64 addresses of IPv6: they count as one. */
export function blockOf(address: string) {
	if (!isIPv6(address)) return address;
	const [head = '', tail] = address.split('::');
	const first = head === '' ? [] : head.split(':');
	const last = tail ? tail.split(':') : [];
	const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
	return [...first, ...zeros, ...last].slice(0, 4).join(':');
}
