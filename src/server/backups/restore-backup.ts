import { sql } from 'kysely';
import type { OpenDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { migrate, migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { createQueues, enqueueAgain } from '#server/jobs/pending-jobs.ts';
import { startQueue } from '#server/jobs/queue.ts';
import { Refused } from '#server/refused.ts';
import { tablesOf } from './catalog.ts';
import { compareTables, holds } from './compare.ts';
import type { RowsHeader } from './contents.ts';
import { refusalOfRows, refuseUnlessFitting } from './fitting.ts';
import { loadRows } from './load-part.ts';
import { damaged, openParts } from './parts.ts';
import { isFilled } from './refuse-unless.ts';
import {
	claimDatabase,
	countPart,
	emptyTables,
	endRestore,
	giveBack,
	halfRestored,
	noteCompared
} from './restoring.ts';
import { partsIn, type Verified, verifyBackup } from './verify-backup.ts';
import type { Watched } from './write-backup.ts';

export interface RestoreWanted extends Watched {
	path: string;
}

export interface Restored {
	rows: number;
	tables: number;
	jobs: number;
	/** Whether an earlier run had done it all, and nothing has been written since. */
	already: boolean;
	/** How many parts an earlier run, which was cut off, had brought in. */
	partsBefore: number;
	/** Migrations that the backup did not know yet. */
	applied: string[];
	madeAt: string;
	version: string;
}

/** Reads all of a backup, and refuses one that cannot be restored by this version: before anything is written. */
export async function checkBackup(wanted: RestoreWanted): Promise<Verified> {
	const verified = await verifyBackup(wanted.path, wanted);
	await refuseUnknown(verified);
	return verified;
}

/**
 * Restores a backup, which was checked, into an empty database. Each part is a transaction of its own, and counted: cut off
 * anywhere, it goes on there when it is run again. In the end what is in the tables is read back and compared with the checksums
 * of the backup, and brought to this version. The database is given free last, so that it can be cut off anywhere.
 */
export async function restoreBackup(database: OpenDatabase, wanted: Restoring): Promise<Restored> {
	if (await isThere(database.db, wanted)) return alreadyThere(wanted.verified);
	const restored = await bringIn(database, wanted);
	await endRestore(database.db);
	return restored;
}

type Restoring = RestoreWanted & { verified: Verified };

/** What is told of a backup that the database holds already. */
export function alreadyThere({ header, rows, jobs, parts }: Verified): Restored {
	const { madeAt, version, tables } = header;
	return { rows, tables: tables.length, jobs, already: true, partsBefore: parts, applied: [], madeAt, version };
}

const isThere = async (db: Db, { verified, ...watched }: Restoring) =>
	(await halfRestored(db)) === null && (await isFilled(db)) && holds(db, { ...watched, trailer: verified.trailer });

/** The same, but the database stays claimed: for who has more to do before anybody uses it. */
export async function bringIn(database: OpenDatabase, wanted: Restoring): Promise<Restored> {
	const { db } = database;
	const { header, jobs, rows, digest } = wanted.verified;
	const { parts: partsBefore, compared } = await claimDatabase(db, { digest, header });
	// Where it is, tables of this version may have taken the place of those of the backup.
	if (!compared)
		await fill(database, { ...wanted, partsBefore }).catch(async (fault) => {
			if (fault instanceof Refused && fault.reason === 'invalid') await giveBack(db, { digest });
			throw fault;
		});
	wanted.signal?.throwIfAborted();
	const applied = await migrate(db, migrationsFolder, { restores: true });
	await sql`analyze`.execute(db);
	const { madeAt, version } = header;
	return { rows, tables: header.tables.length, jobs, already: false, partsBefore, applied, madeAt, version };
}

/** Refuses a backup of a newer version, by its name, and one whose migrations were others. */
async function refuseUnknown({ path, header }: Pick<Verified, 'path' | 'header'>) {
	const known = new Map((await migrationsIn(migrationsFolder)).map(({ name, checksum }) => [name, checksum]));
	const newer = header.migrations.find(({ name }) => !known.has(name));
	if (newer)
		throw new Refused(
			'invalid',
			`${path} was made by Broadsheet ${header.version}, which is newer (it knows ${newer.name}); restore it with that version.`
		);
	const other = header.migrations.find(({ name, checksum }) => known.get(name) !== checksum);
	if (other)
		throw new Refused(
			'invalid',
			`${path} was made with another ${other.name}; restore it with the version that made it.`
		);
	const ours = [...known.keys()].slice(0, header.migrations.length);
	if (ours.length === 0 || ours.join() !== header.migrations.map(({ name }) => name).join())
		throw damaged(path, 'its migrations are not those of any version');
}

type Loading = Restoring & { partsBefore: number };

async function fill(database: OpenDatabase, loading: Loading) {
	const { db } = database;
	const { header, trailer, digest } = loading.verified;
	await migrate(db, migrationsFolder, { last: header.migrations.at(-1)?.name ?? '', restores: true });
	if (loading.partsBefore === 0) await emptyTables(db, { digest });
	loading.onPhase?.('load');
	await loadParts(database, loading);
	loading.onPhase?.('compare');
	await compareTables(db, { trailer, ...loading });
	await noteCompared(db, { digest, header });
}

async function loadParts(database: OpenDatabase, { path, verified, partsBefore, signal, onProgress }: Loading) {
	await using opened = new AsyncDisposableStack();
	const parts = await openParts(path);
	opened.defer(parts.close);
	const load = await loader(database, { verified, opened, path });
	let [part, records] = [0, 0];
	for await (const { header, lines } of partsIn(path, parts)) {
		if (!('rows' in header)) continue;
		signal?.throwIfAborted();
		part += 1;
		records += header.rows;
		if (part > partsBefore) await load(header, { part, lines });
		onProgress?.({ records, bytesRead: parts.at(), bytesInAll: parts.size });
	}
}

async function loader(
	{ db, executeSql }: OpenDatabase,
	{ verified, opened, path }: { verified: Verified; opened: AsyncDisposableStack; path: string }
) {
	const tables = new Map((await tablesOf(db)).map((table) => [table.name, table]));
	const { digest, jobs, header } = verified;
	await refuseUnlessFitting(db, { tables, header, path });
	const boss = jobs > 0 ? await startQueue(executeSql, { schedule: false, supervise: false }) : null;
	if (boss) opened.defer(() => boss.stop({ graceful: false }));

	return async ({ part: kind, table, rows }: RowsHeader, { part, lines }: { part: number; lines: Buffer }) => {
		const jobLines = kind === 'jobs' ? lines.toString('utf8').split('\n') : [];
		if (boss) await createQueues(boss, jobLines);
		const loaded = db.transaction().execute(async (tx) => {
			await countPart(tx, { digest, part });
			if (kind === 'jobs') await enqueueAgain(boss!, tx, jobLines);
			else await loadRows(tx, tables.get(table)!, { rows, lines });
		});
		await loaded.catch((fault) => {
			throw refusalOfRows(fault, { table, path });
		});
	};
}
