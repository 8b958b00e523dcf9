import { lastBackups } from '#server/backups/backups.ts';
import { version } from '#server/version.ts';
import type { Db } from '#server/db/database.ts';
import { countUnanalysed } from '#server/papers/unanalysed.ts';
import { type SiteEmbeddings, siteEmbeddings } from '#server/search/embeddings/site-embeddings.ts';
import { type DatabaseState, databaseState } from '#server/db/embedded/control.ts';
import { slowestRequests, type RouteTimes } from '#server/http/slowest-requests.ts';
import { databaseFigures, type DatabaseFigures } from './database-figures.ts';
import { inTime } from './in-time.ts';
import { queueFigures, type JobCount } from './queue-figures.ts';
import { mismatchOf } from './readiness.ts';
import { remembered } from './remembered.ts';
import { roomOfFolder, roomOnServer, type Room } from './room.ts';
import { startedAt } from './this-process.ts';

/** How this site is at a moment. What was not learned in time is null, and said so. */
export interface SiteStatus {
	at: Date;
	/** Of Broadsheet. */
	version: string;
	/** When this process started. */
	started_at: Date;
	kind: 'embedded' | 'server';
	/** Null: it does not answer. */
	database: DatabaseFigures | null;
	/** Why this version cannot use the database as it is, in a sentence. */
	mismatch: string | null;
	/** The embedded database's process. */
	process: DatabaseState | null;
	room: Room | null;
	/** Papers that search cannot find yet. */
	unsearchable: number | null;
	/** Null also where no embedding endpoint is set. */
	embeddings: SiteEmbeddings | null;
	queue: JobCount[] | null;
	/** The latest first. */
	backups: Backup[] | null;
	/** When one is made each day, as `HH:MM` in UTC; null: never. */
	backup_at: string | null;
	/** By kind of page, over the last hour, in this process. */
	slow: RouteTimes[];
}

export type Backup = Awaited<ReturnType<typeof lastBackups>>[number];

interface Site {
	/** The folder of the embedded database; null on a server. */
	dataFolder: string | null;
	backupAt: string | null;
	now: Date;
	/** Milliseconds after which a part is given up, so that a database that is away does not take the page with it. */
	patience?: number;
}

/** All that is known of a site, in a second. */
export async function siteStatus(db: Db, { dataFolder, backupAt, now, patience = 1_000 }: Site): Promise<SiteStatus> {
	const [database, mismatch, process, room, unsearchable, embeddings, queue, backups] = await Promise.all([
		inTime(figuresOf(db), patience),
		inTime(mismatchOf(db), patience),
		inTime(processOf(db, dataFolder), patience),
		inTime(roomOf(db, dataFolder), patience),
		inTime(unsearchableOf(db), patience),
		inTime(embeddingsOf(db), patience),
		inTime(queueOf(db), patience),
		inTime(backupsOf(db), patience)
	]);
	const kind = dataFolder === null ? 'server' : 'embedded';
	const slow = slowestRequests(now);
	const known = { database, mismatch, process, room, unsearchable, embeddings, queue, backups, slow };
	return { at: now, version, started_at: startedAt, kind, backup_at: backupAt, ...known };
}

const figuresOf = remembered((db) => databaseFigures(db), { what: 'database', keep: 3_000 });
/** An index is counted, 15 ms at 150,000 papers. */
const embeddingsOf = remembered((db) => siteEmbeddings(db), { what: 'embeddings', keep: 10_000 });
const queueOf = remembered(queueFigures, { what: 'queue', keep: 3_000 });
/** As many nights as somebody may have been away. */
const backupsOf = remembered((db) => lastBackups(db, { limit: 30 }), { what: 'backups', keep: 3_000 });
const processOf = remembered(
	(_, dataFolder: string | null) => (dataFolder === null ? Promise.resolve(null) : databaseState(dataFolder)),
	{ what: 'database process', keep: 1_000 }
);
/**
 * It looks through all papers, 100,000 in a tenth of a second. Once all can be found they stay so: whoever writes a paper writes
 * its words.
 */
const unsearchableOf = remembered(async (db) => (areAllFound.has(db) ? 0 : countUnsearchable(db)), {
	what: 'papers that cannot be found',
	keep: 10_000
});
const areAllFound = new WeakSet<Db>();

async function countUnsearchable(db: Db) {
	const papers = await countUnanalysed(db);
	if (papers === 0) areAllFound.add(db);
	return papers;
}

/** A walk through thousands of files is remembered for longer. */
const roomOf = remembered(
	(db, dataFolder: string | null) => (dataFolder === null ? roomOnServer(db) : roomOfFolder(dataFolder)),
	{ what: 'room', keep: 30_000 }
);
