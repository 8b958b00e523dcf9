import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** What a table holds, told so that another version can tell whether it still holds it. */
export interface Tally {
	/** The columns that there were. */
	columns: string[];
	rows: number;
	/** Of the rows as text, in whatever order they lie. */
	checksum: string;
}

/** What each table of the schema `public` holds, but for the list of migrations and what is made again (docs/decisions/0010). */
export async function talliesOf(db: Db) {
	const { rows } = await sql<{ name: string; columns: string[] }>`
		select table_name as name, array_agg(column_name::text order by ordinal_position) as columns
		from information_schema.tables join information_schema.columns using (table_schema, table_name)
		where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'migration'
			and coalesce(obj_description(format('public.%I', table_name)::regclass), '') not like 'derived:%'
		group by table_name order by table_name`.execute(db);
	const tallies: Record<string, Tally> = {};
	for (const { name, columns } of rows) tallies[name] = await tallyOf(db, { name, columns });
	return tallies;
}

/** What these columns of a table hold. */
export async function tallyOf(db: Db, { name, columns }: { name: string; columns: string[] }) {
	const row = sql`md5(row(${sql.join(columns.map((column) => sql.ref(column)))})::text)`;
	return db.transaction().execute(async (tx) => {
		await sql`set local timezone = 'UTC'`.execute(tx);
		const { rows } = await sql<Omit<Tally, 'columns'>>`
			select count(*)::int as rows, md5(coalesce(string_agg(${row}, '' order by ${row} collate "C"), '')) as checksum
			from ${sql.table(name)}`.execute(tx);
		return { columns, ...rows[0]! };
	});
}
