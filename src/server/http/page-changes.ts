import type { Db } from '#server/db/database.ts';
import { ownWrites } from '#server/db/own-writes.ts';
import { faultOf, log } from '#server/log.ts';
import { Refused } from '#server/refused.ts';
import { readPageChanges, removeOldPageChanges, type PageChange } from './page-change-rows.ts';
import { LATE, within } from './within.ts';

/** Milliseconds, all on the clock that only goes forward. */
const LOOK_EVERY = 250;
const LONGEST_WAIT = 100;
/** A connection to a server that is gone may say nothing for hours; the next look takes another one. */
const LONGEST_LOOK = 10_000;
const REMOVE_EVERY = 600_000;
/** Rows live for an hour, so who has not looked for half of it may have missed some. */
const BLIND_AFTER = 1_800_000;

export interface PageChanges {
	/** Null when what is kept is known to be current, else what to wait for: at most 100 ms. */
	becomeCurrent(): Promise<unknown> | null;
	/** Whether the database does not answer, so that what is kept is the best there is. */
	readonly isAway: boolean;
	/** Whether changes are seen at all, so that a page may be kept. */
	readonly isWatching: boolean;
}

interface Listener {
	changed: (subjects: ReadonlySet<string>) => void;
	/** Nothing that was kept can be trusted any more. */
	lost: () => void;
}

/** Reads what has changed since it was last asked: others' changes at most every 250 ms, this process's own at once. */
export function watchPageChanges(
	db: Db,
	{ changed, lost }: Listener,
	clock: () => number = () => performance.now()
): PageChanges {
	let horizon: string | null = null;
	let seen = new Set<number>();
	let lookedAt = -Infinity;
	let triedAt = -Infinity;
	let removedAt = clock();
	let writesSeen = 0;
	let looking: Promise<void> | null = null;
	let isAway = false;

	return {
		becomeCurrent,
		get isAway() {
			return isAway;
		},
		get isWatching() {
			return horizon !== null;
		}
	};

	function becomeCurrent() {
		const now = clock();
		if (horizon !== null && now - lookedAt > BLIND_AFTER) forget();
		const writes = ownWrites();
		if (now - lookedAt < LOOK_EVERY && writesSeen === writes) return null;
		if (isAway) {
			// Nobody waits for a database that is away; one look at a time finds out when it is back.
			if (now - triedAt >= LOOK_EVERY) looking ??= look();
			return null;
		}
		return patiently(lookUntil(writes));
	}

	async function lookUntil(writes: number) {
		do {
			await (looking ??= look());
		} while (writesSeen < writes && !isAway);
	}

	async function patiently(work: Promise<void>) {
		if ((await within(LONGEST_WAIT, work)) === LATE) isAway = looking !== null;
	}

	async function look() {
		const began = (triedAt = clock());
		const writes = ownWrites();
		try {
			const found = await within(LONGEST_LOOK, readPageChanges(db, horizon));
			if (found === LATE) throw unanswered();
			tell(found.changes);
			horizon = found.horizon;
			lookedAt = began;
			writesSeen = writes;
			isAway = false;
			if (began - removedAt > REMOVE_EVERY) void remove(began);
		} catch (fault) {
			isAway = true;
			if (!(fault instanceof Refused)) log('warn', 'What changed cannot be read', faultOf(fault));
		} finally {
			looking = null;
		}
	}

	/** A transaction that is still open holds the horizon back, so that rows are read more than once. */
	function tell(changes: readonly PageChange[]) {
		const subjects = new Set(changes.filter(([id]) => !seen.has(id)).map(([, subject]) => subject));
		seen = new Set(changes.map(([id]) => id));
		if (subjects.size > 0) changed(subjects);
	}

	function forget() {
		horizon = null;
		seen.clear();
		lost();
	}

	async function remove(now: number) {
		removedAt = now;
		await removeOldPageChanges(db).catch((fault) => log('warn', 'Old page changes stay', faultOf(fault)));
	}
}

const unanswered = () => new Refused('unavailable', 'The database does not say what changed.');
