import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { byIndex } from './candidates.ts';

/** Papers are counted so far. */
export const MOST_COUNTED = 10_000;

/** The papers that satisfy a condition, as far as they are counted. */
export interface Hits {
	ids: number[];
	count: number;
	/** False: there are more than `MOST_COUNTED`. */
	isExact: boolean;
	/** How many of them have each attribute, the most frequent first. */
	attributes: { value: string; papers: number }[];
}

/**
 * In one statement, since each asks the index again: 10,000 papers and their attributes take PostgreSQL in WebAssembly 25 ms.
 * Attributes lie beside the day, so nothing is unpacked. Of all papers (null) the newest are looked at.
 */
export async function hitsOf(db: Db, condition: RawBuilder<boolean> | null): Promise<Hits> {
	const which = condition ? sql`where ${condition}` : sql`order by day desc nulls last, paper_id desc`;
	const { rows } = await byIndex(db, (tx) =>
		sql<{ ids: number[]; attributes: [string, number][] }>`
			with hits as materialized (
				select paper_id, attributes from paper_words ${which} limit ${sql.lit(MOST_COUNTED + 1)}
			)
			select coalesce((select json_agg(paper_id) from hits), '[]') as ids, coalesce((
				select json_agg(json_build_array(value, papers) order by papers desc, value)
				from (select value, count(*) as papers from hits, unnest(attributes) value group by value) counted
			), '[]') as attributes`.execute(tx)
	);
	const { ids, attributes } = rows[0]!;
	return {
		ids: ids.slice(0, MOST_COUNTED),
		count: Math.min(ids.length, MOST_COUNTED),
		isExact: ids.length <= MOST_COUNTED,
		attributes: attributes.map(([value, papers]) => ({ value, papers }))
	};
}
