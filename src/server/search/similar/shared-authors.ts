import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** Names of one paper that are compared: of a collaboration of thousands the first. */
const MOST_NAMES = 100;

/** For each of the other papers, the names that are also on the chosen ones. */
export async function sharedAuthors(
	db: Db,
	{ chosen, others }: { chosen: readonly number[]; others: readonly number[] }
): Promise<Map<number, string[]>> {
	const { rows } = await sql<{ id: number; names: string[] }>`
		select paper_id as id, array_agg(name order by position) as names from paper_author
		where paper_id = any(${others}::bigint[]) and position <= ${sql.lit(MOST_NAMES)} and name_key in (
			select name_key from paper_author
			where paper_id = any(${chosen}::bigint[]) and position <= ${sql.lit(MOST_NAMES)}
		)
		group by paper_id`.execute(db);
	return new Map(rows.map(({ id, names }) => [id, names]));
}
