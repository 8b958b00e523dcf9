import type { Watch } from './backend.ts';

/**
 * The only statement timeout there is. The backend runs in a worker thread, which cannot be asked anything while it works,
 * so the two threads share two numbers: a count that is odd while a unit runs, and whether that unit is maintenance.
 */
const cells = { count: 0, maintains: 1 };

/** 64 bits: at 10,000 units a second, 32 would be counted through in two days. */
export const shareWatch = () => new SharedArrayBuffer(16);

/** How many units have ended. Each adds two to the count. */
export const unitsIn = (shared: SharedArrayBuffer) =>
	Number(Atomics.load(new BigInt64Array(shared), cells.count) >> 1n);

/** The worker's side. */
export function watchOf(shared: SharedArrayBuffer): Watch & { units: () => number } {
	const seen = new BigInt64Array(shared);
	return {
		begin(maintains) {
			Atomics.store(seen, cells.maintains, maintains ? 1n : 0n);
			Atomics.add(seen, cells.count, 1n);
		},
		end: () => void Atomics.add(seen, cells.count, 1n),
		units: () => unitsIn(shared)
	};
}

/** The main thread's side: calls `onOverdue` once when a unit has run for `limit` milliseconds. Returns how to stop it. */
export function watchUnits(shared: SharedArrayBuffer, { limit, onOverdue }: { limit: number; onOverdue: () => void }) {
	const seen = new BigInt64Array(shared);
	let last = 0n;
	let since = performance.now();
	const timer = setInterval(
		() => {
			const count = Atomics.load(seen, cells.count);
			const runs = (count & 1n) === 1n && Atomics.load(seen, cells.maintains) === 0n;
			if (!runs || count !== last) {
				last = count;
				since = performance.now();
			} else if (performance.now() - since > limit) {
				clearInterval(timer);
				onOverdue();
			}
		},
		Math.max(10, Math.min(1_000, limit / 10))
	);
	return () => clearInterval(timer);
}
