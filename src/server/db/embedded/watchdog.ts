import type { Watch } from './backend.ts';

/**
 * The only statement timeout there is. The backend runs in a worker thread, which cannot be asked anything while it works,
 * so the two threads share two numbers: a count that is odd while a unit runs, and whether that unit is maintenance.
 */
const cells = { count: 0, maintains: 1 };

export const shareWatch = () => new SharedArrayBuffer(8);

/** The worker's side. Each unit adds two to the count. */
export function watchOf(shared: SharedArrayBuffer): Watch & { units: () => number } {
	const seen = new Int32Array(shared);
	return {
		begin(maintains) {
			Atomics.store(seen, cells.maintains, maintains ? 1 : 0);
			Atomics.add(seen, cells.count, 1);
		},
		end: () => void Atomics.add(seen, cells.count, 1),
		units: () => Atomics.load(seen, cells.count) >>> 1
	};
}

/** The main thread's side: calls `onOverdue` once when a unit has run for `limit` milliseconds. Returns how to stop it. */
export function watchUnits(shared: SharedArrayBuffer, { limit, onOverdue }: { limit: number; onOverdue: () => void }) {
	const seen = new Int32Array(shared);
	let last = 0;
	let since = performance.now();
	const timer = setInterval(
		() => {
			const count = Atomics.load(seen, cells.count);
			const runs = (count & 1) === 1 && Atomics.load(seen, cells.maintains) === 0;
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
