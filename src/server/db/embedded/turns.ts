/** Someone who wants the one backend: a client, or the upkeep. */
export interface Holder {
	/** Whether it could use the backend now. */
	hasWork: () => boolean;
	/** Does one unit of its work. Resolves to true when it must keep the backend: it has an open transaction or exchange. */
	takeTurn: () => Promise<boolean>;
	/** It kept the backend longer than the limits allow. It has to let go at its next turn. */
	overstayed: (limit: 'idle' | 'whole') => void;
	/** Whether the limit of a whole transaction does not hold for it. */
	maintains: () => boolean;
}

export interface Limits {
	/** Milliseconds for which the backend may be held without using it. */
	idle: number;
	/** Milliseconds for which the backend may be held in all. */
	whole: number;
}

/** PostgreSQL would let others run meanwhile; here a transaction makes everybody wait, so it is short. */
export const usualLimits: Limits = { idle: 5_000, whole: 30_000 };

/** Units between two pauses for input and output. More gained nothing, fewer cost throughput. */
const unitsBetweenPauses = 64;

/**
 * Deals the one backend out, first come first served, a unit at a time. Who opens a transaction keeps it until the
 * transaction ends, under two limits.
 */
export function dealTurns(limits: Limits = usualLimits) {
	const waiting = new Set<Holder>();
	let owner: Holder | null = null;
	let heldSince = 0;
	let timer: NodeJS.Timeout | undefined;
	let dealing = false;

	/** Puts the holder in the queue, once. Call it whenever it may have got work. */
	function ask(holder: Holder) {
		if (holder !== owner) waiting.add(holder);
		if (!dealing) void deal();
	}

	async function deal() {
		dealing = true;
		try {
			for (let units = 1; ; units += 1) {
				const next = nextHolder();
				if (!next) return;
				await turnOf(next);
				if (units % unitsBetweenPauses === 0) await new Promise(setImmediate);
			}
		} finally {
			dealing = false;
		}
	}

	function nextHolder() {
		if (owner) return owner.hasWork() ? owner : null;
		for (const holder of waiting) {
			waiting.delete(holder);
			if (holder.hasWork()) return holder;
		}
		return null;
	}

	async function turnOf(holder: Holder) {
		clearTimeout(timer);
		if (owner !== holder) heldSince = performance.now();
		owner = holder;
		if (await holder.takeTurn()) return startTimer(holder);
		owner = null;
		if (holder.hasWork()) waiting.add(holder);
	}

	function startTimer(holder: Holder) {
		const left = holder.maintains() ? Infinity : heldSince + limits.whole - performance.now();
		const wait = Math.min(limits.idle, left);
		const limit = wait === left ? 'whole' : 'idle';
		if (wait <= 0) return holder.overstayed(limit);
		if (wait === Infinity) return;
		timer = setTimeout(() => {
			// No turn of the holder is running: its turn would have stopped the timer.
			if (owner !== holder) return;
			holder.overstayed(limit);
			ask(holder);
		}, wait);
	}

	return { ask };
}

export type Turns = ReturnType<typeof dealTurns>;

/** Gives the work a turn of its own, during which nobody else uses the backend. */
export function inOneTurn<T>(turns: Turns, work: () => Promise<T>) {
	return new Promise<T>((resolve, reject) => {
		let waits = true;
		turns.ask({
			maintains: () => true,
			hasWork: () => waits,
			takeTurn: async () => {
				waits = false;
				await work().then(resolve, reject);
				return false;
			},
			overstayed: () => {}
		});
	});
}
