import { type Kind, kinds } from './entry.ts';
import { NotTaken } from './isolating.ts';
import type { Line } from './lines.ts';
import type { RejectedList } from './rejected-records.ts';

const results = ['new', 'changed', 'unchanged', 'older', 'set_aside'] as const;
export type Result = (typeof results)[number];

/** How many records of each kind did what. */
export interface Summary extends Record<Kind, Record<Result, number>> {
	files: number;
	/** Lines of which not even the kind could be told. */
	unreadable: number;
	/** False: it was cut off. What was taken is kept, and running it again takes the rest. */
	finished: boolean;
}

export function emptySummary(): Summary {
	const none = () => Object.fromEntries(results.map((result) => [result, 0])) as Record<Result, number>;
	return { files: 0, paper: none(), feature: none(), edition: none(), unreadable: 0, finished: true };
}

export function recordsIn(summary: Summary) {
	return kinds.flatMap((kind) => Object.values(summary[kind])).reduce((sum, count) => sum + count, summary.unreadable);
}

export function setAsideIn(summary: Summary) {
	return kinds.reduce((sum, kind) => sum + summary[kind].set_aside, summary.unreadable);
}

/** Counts what the lines of one file did, and lists those that are set aside. */
export interface Tally {
	count: (kind: Kind, result: Result) => void;
	setAside: (kind: Kind | null, rejected: { line: Line; reason: string }) => void;
	/** For an entry that was tried. */
	taken: (entry: { kind: Kind; line: Line }, result: Result | NotTaken) => void;
}

export function tallyOf(summary: Summary, rejected: RejectedList): Tally {
	const tally: Tally = {
		count(kind, result) {
			summary[kind][result] += 1;
		},
		setAside(kind, { line, reason }) {
			if (kind) tally.count(kind, 'set_aside');
			else summary.unreadable += 1;
			rejected.add({ line, reason });
		},
		taken({ kind, line }, result) {
			if (result instanceof NotTaken) tally.setAside(kind, { line, reason: result.reason });
			else tally.count(kind, result);
		}
	};
	return tally;
}
