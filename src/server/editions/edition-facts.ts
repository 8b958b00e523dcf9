import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { DayCount } from './editions.ts';
import type { RollEntry } from './roll.ts';

/** What the database knows of a day's edition, and of the days around it. */
export interface EditionFacts {
	/** Null where the day has had no papers. */
	edition: {
		note: string | null;
		featured: number;
		announced: number;
		/** It was said, and nothing has been taken in since. */
		announced_is_sample: boolean;
		is_sample: boolean;
	} | null;
	/** Its papers in their order: the editor's place, then the source's, then the key. */
	entries: RollEntry[];
	/** How many editions there are up to this day. */
	number: number;
	/** The day and those before it, the latest first, at most thirty. */
	recent: DayCount[];
	after: DayCount | null;
	/** The editions of the day's month, in order. */
	month: DayCount[];
}

/**
 * All of it in one statement, each part one JSON value: a statement of its own costs the web process 0.2 ms, a tenth of a
 * page, and a day may announce 1,500 papers, of which a row of the driver costs ten times an element of JSON.
 */
export async function editionFacts(db: Db, day: string): Promise<EditionFacts> {
	const { rows } = await sql<EditionFacts>`
		with open as (select day, featured, announced from edition where featured > 0 or announced > 0),
		entry as (
			select paper.id, paper.key, primary_category, code_url, true as featured, edition_paper.source, votes_at_source, place, source_place
			from edition_paper join paper on paper.id = paper_id where edition_paper.day = ${day}
			union all
			select id, key, primary_category, code_url, false, null, null, null, null
			from paper where announced = ${day}
				and not exists (select from edition_paper where edition_paper.day = ${day} and paper_id = paper.id)
		)
		select
			(select row_to_json(it) from (
				select note, featured, announced, is_sample,
					announced_is_sample and announced_when_said in (0, announced) as announced_is_sample
				from edition where day = ${day}
			) it) as edition,
			coalesce((select json_agg(
				json_build_object('id', id, 'category', primary_category, 'withCode', code_url is not null,
					'featured', featured, 'source', source, 'votesAtSource', votes_at_source)
				order by featured desc, place nulls last, source_place nulls last, key
			) from entry), '[]') as entries,
			(select count(*)::integer from open where day <= ${day}) as number,
			coalesce((select json_agg(it) from (
				select * from open where day <= ${day} order by day desc limit 30
			) it), '[]') as recent,
			(select row_to_json(it) from (select * from open where day > ${day} order by day limit 1) it) as after,
			coalesce((select json_agg(it) from (
				select * from open
				where day >= date_trunc('month', ${day}::date) and day < date_trunc('month', ${day}::date) + interval '1 month'
				order by day
			) it), '[]') as month`.execute(db);
	return rows[0]!;
}
