import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { byIndex, MOST_COUNTED } from './candidates.ts';

/** The papers that satisfy a condition, as far as they are counted. */
export interface Hits {
	/** In no order; of all papers the newest first. */
	ids: number[];
	count: number;
	/** False: there are more than `MOST_COUNTED`. */
	isExact: boolean;
}

/** One of them: a phrase that was looked for in each is not looked for again. */
export function amongHits({ ids }: Hits): RawBuilder<boolean> {
	return sql<boolean>`paper_words.paper_id = any(${ids}::bigint[])`;
}

/** 10,000 papers take PostgreSQL in WebAssembly 15 ms. Of all papers (null) the newest are looked at. */
export async function hitsOf(db: Db, condition: RawBuilder<boolean> | null): Promise<Hits> {
	const which = condition ? sql`where ${condition}` : sql`order by day desc nulls last, paper_id desc`;
	const { rows } = await byIndex(db, (tx) =>
		sql<{ ids: number[] }>`
			select coalesce(json_agg(paper_id), '[]') as ids
			from (select paper_id from paper_words ${which} limit ${sql.lit(MOST_COUNTED + 1)}) hits`.execute(tx)
	);
	const { ids } = rows[0]!;
	return {
		ids: ids.slice(0, MOST_COUNTED),
		count: Math.min(ids.length, MOST_COUNTED),
		isExact: ids.length <= MOST_COUNTED
	};
}
