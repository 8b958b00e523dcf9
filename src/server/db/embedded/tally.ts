/** A kind of work during which everybody waits. */
export type WorkKind = 'checkpoints' | 'vacuums' | 'copies';

/** How often it was done since the process started, and for how long. */
export interface Work {
	count: number;
	longestMs: number;
	lastMs: number | null;
	lastAt: string | null;
}

/** Numbers that the thread of PostgreSQL writes and the main thread reads, which cannot ask a thread that works. */
const cells = { clients: 0, fsyncs: 1, checkpoints: 2, vacuums: 6, copies: 10, full: 14 };
/** Of each kind of work, after its first cell. Durations are microseconds. */
const parts = { count: 0, longest: 1, last: 2, lastAt: 3 };

export const shareTally = () => new SharedArrayBuffer(15 * 8);

/** What the database process has done since it started. */
export function tallyOf(shared: SharedArrayBuffer) {
	const seen = new BigInt64Array(shared);
	const read = (cell: number) => Number(Atomics.load(seen, cell));
	const write = (cell: number, value: number) => void Atomics.store(seen, cell, BigInt(Math.round(value)));

	function add(kind: WorkKind, ms: number) {
		const first = cells[kind];
		write(first + parts.longest, Math.max(ms * 1_000, read(first + parts.longest)));
		write(first + parts.last, ms * 1_000);
		write(first + parts.lastAt, Date.now());
		Atomics.add(seen, first + parts.count, 1n);
	}

	function work(kind: WorkKind): Work {
		const first = cells[kind];
		const count = read(first + parts.count);
		return {
			count,
			longestMs: read(first + parts.longest) / 1_000,
			lastMs: count > 0 ? read(first + parts.last) / 1_000 : null,
			lastAt: count > 0 ? new Date(read(first + parts.lastAt)).toISOString() : null
		};
	}

	return {
		add,
		work,
		clients: () => read(cells.clients),
		noteClients: (count: number) => write(cells.clients, count),
		fsyncs: () => read(cells.fsyncs),
		/** Whether writes are refused for want of room. */
		isFull: () => read(cells.full) === 1,
		noteFull: (full: boolean) => write(cells.full, full ? 1 : 0),
		noteFsyncs: (count: number) => write(cells.fsyncs, count)
	};
}

export type Tally = ReturnType<typeof tallyOf>;
