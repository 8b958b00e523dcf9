import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { Header, Trailer } from './contents.ts';

/** Blocks that are looked at in one query: 2,000 of 8 kB took 15 to 30 ms embedded. */
const blocksAtOnce = 2_000;

export interface Change {
	table: string;
	/** Rows that came, or were written anew. */
	written: number;
	/** Rows fewer than there would be if none had been deleted. */
	gone: number;
}

/**
 * What has been written to the database since the state that a backup is of. Every row says which transaction wrote it, so this
 * takes one look at each; a piece at a time, since embedded everybody waits for a query.
 */
export async function changedSince(
	db: Db,
	{ header, trailer }: { header: Header; trailer: Trailer }
): Promise<Change[]> {
	const changes: Change[] = [];
	for (const { name } of header.tables) {
		const { rows, written } = await countRows(db, name, header.snapshot);
		// A row that was rewritten counts as written and as one of those there were.
		const gone = Math.max(0, trailer.tables[name]!.rows - rows);
		if (written > 0 || gone > 0) changes.push({ table: name, written, gone });
	}
	return changes;
}

/**
 * The transaction that wrote a row, as an xid8. A row keeps the lower 32 bits: it is the last such number that is not above the
 * next one. 1 and 2 are of initdb and of pg_upgrade. Rows written below a savepoint have a number of their own, which
 * a snapshot does not name; what we write while others read is in no transaction within a transaction (db/database.ts).
 */
const writer = sql.raw(`case when xmin::text::int8 < 3 then '3' else (
	clock.next - mod(clock.next - xmin::text::int8 + 4294967296, 4294967296))::text end::xid8`);

async function countRows(db: Db, name: string, snapshot: string) {
	const table = sql.table(`public.${name}`);
	const { rows: sizes } = await sql<{ blocks: number }>`
		select (pg_relation_size(${`public."${name}"`}::regclass) / 8192)::int as blocks`.execute(db);
	const sum = { rows: 0, written: 0 };
	for (let block = 0; block < sizes[0]!.blocks; block += blocksAtOnce) {
		const { rows } = await sql<typeof sum>`
			select count(*)::int as rows,
				count(*) filter (where not pg_visible_in_snapshot(${writer}, ${snapshot}::pg_snapshot))::int as written
			from ${table}, (select pg_snapshot_xmax(pg_current_snapshot())::text::int8 as next) clock
			where ctid >= ${`(${block},0)`}::tid and ctid < ${`(${block + blocksAtOnce},0)`}::tid`.execute(db);
		sum.rows += rows[0]!.rows;
		sum.written += rows[0]!.written;
	}
	return sum;
}
