import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';

/**
 * A client of the database that writes one numbered row after the other, and goes on when the database has told it that the
 * row is kept. What it was told it remembers here, outside of the database. Every second writer uses a transaction of three
 * statements, the others one statement.
 */
export function writerOf(db: Db, client: number) {
	const write = client % 2 === 0 ? writeInTransaction : writeInStatement;
	let acknowledged = 0;
	return {
		client,
		acknowledged: () => acknowledged,
		/** Its last row may be there although nobody said so; the next one comes after it. */
		goOnAfter: (row: number) => {
			acknowledged = row;
		},
		/** Writes until told to stop, or until the database is gone. */
		async write({ stopped, onWritten }: { stopped: () => boolean; onWritten: () => void }) {
			while (!stopped()) {
				try {
					await write(db, { client, row: acknowledged + 1 });
				} catch (fault) {
					if (fault instanceof Refused && fault.reason === 'unavailable') return;
					throw fault;
				}
				acknowledged += 1;
				onWritten();
			}
		}
	};
}

export type Writer = ReturnType<typeof writerOf>;

/** `tally` says how many rows of each writer there are, so that half a transaction would show. */
export async function makeTables(db: Db, writers: number) {
	await sql`create table kept (client int, row int, words text not null, at timestamptz not null default now(),
		primary key (client, row))`.execute(db);
	await sql`create index kept_words on kept (words)`.execute(db);
	await sql`create table tally (client int primary key, rows int not null)`.execute(db);
	await sql`insert into tally select generate_series(1, ${writers}::int), 0`.execute(db);
}

const wordsOf = ({ client, row }: Row) => `writer ${client} wrote row ${row}`;

interface Row {
	client: number;
	row: number;
}

function writeInTransaction(db: Db, row: Row) {
	return db.transaction().execute(async (tx) => {
		await sql`insert into kept values (${row.client}, ${row.row}, ${wordsOf(row)})`.execute(tx);
		await sql`update tally set rows = rows + 1 where client = ${row.client}`.execute(tx);
	});
}

async function writeInStatement(db: Db, row: Row) {
	await sql`with written as (insert into kept values (${row.client}, ${row.row}, ${wordsOf(row)}) returning client)
		update tally set rows = rows + 1 from written where tally.client = written.client`.execute(db);
}

/** What the database holds of each writer: how many rows with the right words, the last one, and the tally. */
export async function heldOf(db: Db) {
	const { rows } = await sql<{ client: number; rows: number; last: number; tally: number }>`
		select tally.client, tally.rows as tally, count(row)::int as rows, coalesce(max(row), 0)::int as last
		from tally left join kept on kept.client = tally.client
			and words = format('writer %s wrote row %s', kept.client, row)
		group by tally.client, tally.rows`.execute(db);
	return new Map(rows.map((row) => [row.client, row]));
}
