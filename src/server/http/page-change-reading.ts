import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { isContinued, readPageChanges, type PageChange, type Position } from './page-change-rows.ts';
import { LATE, within } from './within.ts';

/** Milliseconds. A connection to a server that is gone may say nothing for hours; the next reading takes another one. */
const LONGEST = 10_000;

export interface Listener {
	changed: (subjects: ReadonlySet<string>) => void;
	/** Nothing that was kept can be trusted any more. */
	lost: () => void;
}

export type PageChangeReading = ReturnType<typeof readingPageChanges>;

/** Reads on from where it was, and tells each change once. */
export function readingPageChanges(db: Db, { changed, lost }: Listener) {
	let position: Position | null = null;
	let seen = new Set<number>();

	return {
		get hasBegun() {
			return position !== null;
		},
		/** Who was blind may have missed rows that are gone by now. */
		async readOn({ wasBlind }: { wasBlind: boolean }) {
			const found = await within(LONGEST, readPageChanges(db, position));
			if (found === LATE) throw new Refused('unavailable', 'The database does not say what changed.');
			if (position && (wasBlind || !isContinued(position, found.position))) lost();
			else tell(found.changes);
			seen = new Set(found.changes.map(([id]) => id));
			position = found.position;
		}
	};

	/** A transaction that is still open holds the horizon back, so that rows are read more than once. */
	function tell(changes: readonly PageChange[]) {
		const subjects = new Set(changes.filter(([id]) => !seen.has(id)).map(([, subject]) => subject));
		if (subjects.size > 0) changed(subjects);
	}
}
