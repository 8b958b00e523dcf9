import { sql } from 'kysely';
import type { OpenDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { migrate, migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { createQueues, enqueueAgain } from '#server/jobs/pending-jobs.ts';
import { startQueue } from '#server/jobs/queue.ts';
import { Refused } from '#server/refused.ts';
import { type Table, tablesOf } from './catalog.ts';
import { compareTables } from './compare.ts';
import type { Header, RowsHeader } from './contents.ts';
import { loadRows } from './load-part.ts';
import { openParts } from './parts.ts';
import { claimDatabase, countPart } from './restoring.ts';
import { partsIn, type Verified, verifyBackup } from './verify-backup.ts';
import type { Watched } from './write-backup.ts';

export interface RestoreWanted extends Watched {
	path: string;
}

export interface Restored {
	rows: number;
	tables: number;
	jobs: number;
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
 * of the backup.
 */
export async function restoreBackup(
	database: OpenDatabase,
	{ verified, ...wanted }: RestoreWanted & { verified: Verified }
): Promise<Restored> {
	const { db } = database;
	const { header, trailer, digest } = verified;
	const partsBefore = await claimDatabase(db, { digest, header });
	await migrate(db, migrationsFolder, { last: header.migrations.at(-1)?.name ?? '', restores: true });
	if (partsBefore === 0) await emptyTables(db);

	wanted.onPhase?.('load');
	await loadParts(database, { ...wanted, verified, partsBefore });
	wanted.onPhase?.('compare');
	await compareTables(db, { trailer, ...wanted });
	await finish(db, header);
	const applied = await migrate(db);
	await sql`analyze`.execute(db);
	const { rows, jobs } = verified;
	const { madeAt, version } = header;
	return { rows, tables: header.tables.length, jobs, partsBefore, applied, madeAt, version };
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
}

/** A migration may have written rows; the backup has them, as they were. */
async function emptyTables(db: Db) {
	const names = (await tablesOf(db)).map(({ name }) => sql.table(`public.${name}`));
	if (names.length > 0) await sql`truncate ${sql.join(names)}`.execute(db);
}

type Loading = RestoreWanted & { verified: Verified; partsBefore: number };

async function loadParts(database: OpenDatabase, { path, verified, partsBefore, signal, onProgress }: Loading) {
	await using opened = new AsyncDisposableStack();
	const parts = await openParts(path);
	opened.defer(parts.close);
	const load = await loader(database, { verified, opened });
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
	{ verified, opened }: { verified: Verified; opened: AsyncDisposableStack }
) {
	const tables = new Map((await tablesOf(db)).map((table) => [table.name, table]));
	const { digest, jobs, header } = verified;
	for (const { name, columns } of header.tables) checkColumns(tables.get(name), { name, columns });
	const boss = jobs > 0 ? await startQueue(executeSql, { schedule: false, supervise: false }) : null;
	if (boss) opened.defer(() => boss.stop({ graceful: false }));

	return async ({ part: kind, table, rows }: RowsHeader, { part, lines }: { part: number; lines: Buffer }) => {
		const jobLines = kind === 'jobs' ? lines.toString('utf8').split('\n') : [];
		if (boss) await createQueues(boss, jobLines);
		await db.transaction().execute(async (tx) => {
			await countPart(tx, { digest, part });
			if (kind === 'jobs') await enqueueAgain(boss!, tx, jobLines);
			else await loadRows(tx, tables.get(table)!, { rows, lines });
		});
	};
}

function checkColumns(table: Table | undefined, { name, columns }: Header['tables'][number]) {
	const found = table?.columns.map((column) => column.name);
	if (found?.toSorted().join() !== columns.toSorted().join())
		throw new Error(
			`${name} has other columns in the backup (${columns.join()}) than here (${found?.join() ?? 'none'})`
		);
}

/** Lets the counters go on where they were, and gives the database free: from here on it is whole. */
function finish(db: Db, { sequences }: Header) {
	return db.transaction().execute(async (tx) => {
		for (const { name, last } of sequences)
			if (last !== null) await sql`select setval(${`public."${name}"`}::regclass, ${last}::bigint)`.execute(tx);
		await sql`drop table restoring`.execute(tx);
	});
}
