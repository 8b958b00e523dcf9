import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { tablesOf } from './catalog.ts';
import type { Trailer } from './contents.ts';
import { type Checksum, checksumOf, rowsOf, writeValuesAlike } from './table-rows.ts';
import type { Watched } from './write-backup.ts';

/** The checksum of each table, made by the database of the rows that it has. The transaction must see one state of it. */
export async function checksumsOf(
	tx: Db,
	{ signal, onRows }: { signal?: AbortSignal; onRows?: (rows: number) => void } = {}
) {
	await writeValuesAlike(tx);
	const sums: Record<string, Checksum> = {};
	for (const table of await tablesOf(tx)) {
		const sum = checksumOf();
		for await (const chunk of rowsOf(tx, table)) {
			signal?.throwIfAborted();
			sum.add(chunk);
			onRows?.(chunk.rows);
		}
		sums[table.name] = sum.value();
	}
	return sums;
}

/**
 * Reads back what is in the tables. Another checksum than the backup has is a defect of ours, or of the machine, or somebody wrote
 * into them. All parts are counted in, so the same database cannot be restored into again.
 */
export async function compareTables(db: Db, wanted: { trailer: Trailer } & Watched) {
	const other = await tablesThatDiffer(db, wanted);
	if (other.length > 0)
		throw new Refused(
			'conflict',
			`What is in the database is not what was in the backup (${other.join(', ')}); restore it into an empty folder or database.`
		);
}

/** Whether the tables have all rows that a backup has, and no others. */
export async function holds(db: Db, wanted: { trailer: Trailer } & Watched) {
	const counts = Object.entries(wanted.trailer.tables).map(([name, { rows }]) => [name, rows] as const);
	if (!haveSameCounts(await countsOf(db), new Map(counts))) return false;
	wanted.onPhase?.('compare');
	return (await tablesThatDiffer(db, wanted)).length === 0;
}

/** How many rows each table has. */
export async function countsOf(db: Db) {
	const counts = new Map<string, number>();
	for (const { name } of await tablesOf(db)) {
		const { rows } = await sql<{ rows: number }>`
			select count(*)::int as rows from ${sql.table(`public.${name}`)}`.execute(db);
		counts.set(name, rows[0]!.rows);
	}
	return counts;
}

/** A pure rule: a table that one of them lacks is as good as an empty one. */
export const haveSameCounts = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>) =>
	[...one.keys(), ...other.keys()].every((name) => (one.get(name) ?? 0) === (other.get(name) ?? 0));

async function tablesThatDiffer(db: Db, { trailer, signal, onProgress }: { trailer: Trailer } & Watched) {
	const rowsInAll = Object.values(trailer.tables).reduce((sum, { rows }) => sum + rows, 0);
	let records = 0;
	const transaction = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
	const found = await transaction.execute((tx) =>
		checksumsOf(tx, {
			signal,
			onRows: (rows) => onProgress?.({ records: (records += rows), bytesRead: records, bytesInAll: rowsInAll })
		})
	);
	return Object.keys(trailer.tables).filter((name) => found[name]?.sha256 !== trailer.tables[name]!.sha256);
}
