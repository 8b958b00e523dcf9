import type { Db } from '#server/db/database.ts';
import { ownWrites } from '#server/db/own-writes.ts';
import { faultOf, log } from '#server/log.ts';
import { Refused } from '#server/refused.ts';
import { readingPageChanges, type Listener } from './page-change-reading.ts';
import { removeOldPageChanges } from './page-change-rows.ts';
import { LATE, within } from './within.ts';

/** Milliseconds, all on the clock that only goes forward. */
const LOOK_EVERY = 250;
const LONGEST_WAIT = 100;
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

interface Watching {
	clock: () => number;
	/** Milliseconds that a visitor waits at most; then the database counts as away. */
	longestWait?: number;
}

/** Reads what has changed since it was last asked: others' changes at most every 250 ms, this process's own at once. */
export function watchPageChanges(
	db: Db,
	listener: Listener,
	{ clock, longestWait = LONGEST_WAIT }: Watching
): PageChanges {
	const reading = readingPageChanges(db, listener);
	const faults = faultsSaid();
	const removeSometimes = removingOld(db, clock());
	let lookedAt = -Infinity;
	let triedAt = -Infinity;
	let writesSeen = 0;
	let looking: Promise<void> | null = null;
	let isAway = false;

	return {
		becomeCurrent,
		get isAway() {
			return isAway;
		},
		get isWatching() {
			return reading.hasBegun;
		}
	};

	function becomeCurrent() {
		const now = clock();
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
		if ((await within(longestWait, work)) === LATE) isAway = looking !== null;
	}

	async function look() {
		const began = (triedAt = clock());
		const writes = ownWrites();
		try {
			await reading.readOn({ wasBlind: began - lookedAt > BLIND_AFTER });
			lookedAt = began;
			writesSeen = writes;
			isAway = false;
			faults.over();
			removeSometimes(began);
		} catch (fault) {
			isAway = true;
			if (!(fault instanceof Refused)) faults.say(fault);
		} finally {
			looking = null;
		}
	}
}

/** Says what goes wrong once, not at each look, until it is over. */
function faultsSaid() {
	let isSaid = false;
	return {
		say(fault: unknown) {
			if (!isSaid) log('warn', 'What changed cannot be read', faultOf(fault));
			isSaid = true;
		},
		over() {
			if (isSaid) log('info', 'What changed is read again');
			isSaid = false;
		}
	};
}

function removingOld(db: Db, start: number) {
	let removedAt = start;
	return (now: number) => {
		if (now - removedAt <= REMOVE_EVERY) return;
		removedAt = now;
		removeOldPageChanges(db).catch((fault) => log('warn', 'Old page changes stay', faultOf(fault)));
	};
}
