import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { DayCount } from './editions.ts';
import { papersInOrder, type ListedPaper } from '#server/papers/listed-papers.ts';

/**
 * The first papers of each day, at most `limit` a day, in the order of its edition: those featured, or with nothing featured
 * the first of each category in turn, as roll.ts deals them.
 */
export async function firstPapersOf(
	db: Db,
	{ editions, limit }: { editions: readonly DayCount[]; limit: number }
): Promise<Map<string, ListedPaper[]>> {
	const [featured, announced] = [editions.filter(hasFeatured), editions.filter((edition) => !hasFeatured(edition))].map(
		(chosen) => chosen.map(({ day }) => day)
	);
	const { rows } = await sql<{ day: string; ids: number[] }>`
		with entry as (
			select edition_paper.day, paper_id as id, key, true as featured, place, source_place, primary_category as category
			from edition_paper join paper on paper.id = paper_id where edition_paper.day = any(${featured}::date[])
			union all
			select announced, id, key, false, null, null, primary_category
			from paper where announced = any(${announced}::date[])
		), dealt as (
			select *,
				case when featured then 0 else row_number() over (partition by day, category order by key) end as turn,
				case when category is null then -1 else count(*) over (partition by day, category) end as size
			from entry
		), ranked as (
			select day, id, row_number() over (
				partition by day
				order by place nulls last, source_place nulls last, turn, case when featured then 0 else -size end, category, key
			) as rank
			from dealt
		)
		select day, array_agg(id order by rank) as ids from ranked where rank <= ${limit} group by day`.execute(db);
	const papers = await papersInOrder(
		db,
		rows.flatMap(({ ids }) => ids)
	);
	const byId = new Map(papers.map((paper) => [paper.id, paper]));
	return new Map(rows.map(({ day, ids }) => [day, ids.flatMap((id) => byId.get(id) ?? [])]));
}

function hasFeatured(edition: DayCount) {
	return edition.featured > 0;
}
