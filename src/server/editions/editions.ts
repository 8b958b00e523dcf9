import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { Passage } from '#server/text/tex.ts';
import { papersInOrder, type ListedPaper } from '#server/papers/listed-papers.ts';
import { rollOf, type EditionFilter, type Roll, type RollEntry } from './roll.ts';

/** A paper where it was featured: with its votes elsewhere, which are shown as such and never added to ours. */
export type EditionPaper = ListedPaper & {
	votes_at_source?: number | null;
	/** Of the lead alone: its abstract without the sentence that stands above it. */
	rest?: Passage | null;
};

/** One day's edition as a page shows it. */
export interface Edition {
	day: string;
	/** Its number: how many editions there are up to this day. Null where the day has no papers. */
	number: number | null;
	note: string | null;
	featured: number;
	announced: number;
	announcedIsSample: boolean;
	/** Whether it came with Broadsheet. */
	isSample: boolean;
	roll: Roll;
	ranked: EditionPaper[];
	also: { category: string | null; papers: number; listed: EditionPaper[] }[];
	before: DayCount | null;
	after: DayCount | null;
	/** Days before this one and this one, the oldest first, at most thirty. */
	recent: DayCount[];
	/** The editions of its month, in order. */
	month: DayCount[];
}

/** A day with papers, and how many: those featured, or with nothing featured those announced. */
export interface DayCount {
	day: string;
	featured: number;
	announced: number;
}

/** The latest day with papers that has opened by `today`; null in an empty database. */
export async function latestEditionDay(db: Db, today: string): Promise<string | null> {
	const found =
		(await editionDays(db).where('day', '<=', today).orderBy('day', 'desc').limit(1).executeTakeFirst()) ??
		(await editionDays(db).orderBy('day').limit(1).executeTakeFirst());
	return found?.day ?? null;
}

/** The edition of a day, also of a day without papers: then its counts are 0 and its number is null. */
export async function editionOf(db: Db, day: string, filter: EditionFilter): Promise<Edition> {
	const [{ facts, number, recent, after, month }, entries] = await Promise.all([
		surroundingsOf(db, day),
		rollEntriesOf(db, day)
	]);
	const roll = rollOf(entries, filter);
	const papers = await papersInOrder(db, [...roll.ranked, ...roll.also.flatMap((group) => group.ids)]);
	const votes = new Map(entries.map((entry) => [entry.id, entry.votesAtSource]));
	const byId = new Map(papers.map((paper) => [paper.id, { ...paper, votes_at_source: votes.get(paper.id) ?? null }]));
	const listed = (group: readonly number[]) => group.flatMap((id) => byId.get(id) ?? []);
	return {
		day,
		number: entries.length > 0 ? number : null,
		note: facts?.note ?? null,
		featured: facts?.featured ?? 0,
		announced: facts?.announced ?? 0,
		announcedIsSample: facts?.announced_is_sample ?? false,
		isSample: facts?.is_sample ?? false,
		roll,
		ranked: listed(roll.ranked),
		also: roll.also.map(({ category, papers, ids }) => ({ category, papers, listed: listed(ids) })),
		before: recent.find((other) => other.day < day) ?? null,
		after,
		recent: recent.toReversed(),
		month
	};
}

/** Every day with papers from `first` to `last`, in order. */
export async function editionsBetween(db: Db, first: string, last: string): Promise<DayCount[]> {
	return editionDays(db).where('day', '>=', first).where('day', '<=', last).orderBy('day').execute();
}

/** The first papers of each day in their order, at most `limit` a day: a week or a month at a glance. */
export async function firstPapersOf(
	db: Db,
	days: readonly string[],
	limit: number
): Promise<Map<string, ListedPaper[]>> {
	const chosen = await Promise.all(
		days.map(async (day) => ({
			day,
			ids: rollOf(await rollEntriesOf(db, day), { category: null, withCode: false, page: 1 }).ranked.slice(0, limit)
		}))
	);
	const papers = await papersInOrder(db, [...new Set(chosen.flatMap(({ ids }) => ids))]);
	const byId = new Map(papers.map((paper) => [paper.id, paper]));
	return new Map(chosen.map(({ day, ids }) => [day, ids.flatMap((id) => byId.get(id) ?? [])]));
}

/** The editions that a paper was featured on, with its place there. */
export async function editionsOfPaper(db: Db, paperId: number) {
	const days = await db
		.selectFrom('edition_paper')
		.select('day')
		.where('paper_id', '=', paperId)
		.orderBy('day', 'desc')
		.execute();
	return Promise.all(
		days.map(async ({ day }) => {
			const featured = (await rollEntriesOf(db, day)).filter((entry) => entry.featured);
			return { day, place: featured.findIndex((entry) => entry.id === paperId) + 1, papers: featured.length };
		})
	);
}

function editionDays(db: Db) {
	return db
		.selectFrom('edition')
		.select(['day', 'featured', 'announced'])
		.where((eb) => eb.or([eb('featured', '>', 0), eb('announced', '>', 0)]));
}

/** What is known of a day and of the days around it. */
interface Surroundings {
	facts: {
		note: string | null;
		featured: number;
		announced: number;
		announced_is_sample: boolean;
		is_sample: boolean;
	} | null;
	/** How many editions there are up to this day. */
	number: number;
	/** The day and the thirty before it, the latest first. */
	recent: DayCount[];
	after: DayCount | null;
	/** The editions of the day's month, in order. */
	month: DayCount[];
}

/** One statement where Kysely would make five: each costs the web process 0.2 ms, a tenth of a page. */
async function surroundingsOf(db: Db, day: string): Promise<Surroundings> {
	const { rows } = await sql<Surroundings>`
		with open as (select day, featured, announced from edition where featured > 0 or announced > 0)
		select
			(select row_to_json(it) from (select note, featured, announced, announced_is_sample, is_sample from edition where day = ${day}) it) as facts,
			(select count(*)::integer from open where day <= ${day}) as number,
			coalesce((select json_agg(it) from (select * from open where day <= ${day} order by day desc limit 30) it), '[]') as recent,
			(select row_to_json(it) from (select * from open where day > ${day} order by day limit 1) it) as after,
			coalesce((select json_agg(it) from (select * from open
				where day between date_trunc('month', ${day}::date)::date and (date_trunc('month', ${day}::date) + interval '1 month - 1 day')::date
				order by day) it), '[]') as month`.execute(db);
	return rows[0]!;
}

/**
 * The papers of a day in their order: the editor's place, then the source's, then the key. They come as one JSON value,
 * since a day may announce 1,500 papers and a row of the driver costs ten times an element of JSON.
 */
async function rollEntriesOf(db: Db, day: string): Promise<RollEntry[]> {
	const { rows } = await sql<{ entries: RollEntry[] | null }>`
		select json_agg(json_build_object('id', id, 'category', primary_category, 'withCode', code_url is not null, 'featured', featured,
			'votesAtSource', votes_at_source)
			order by featured desc, place nulls last, source_place nulls last, key) as entries
		from (
			select paper.id, paper.key, primary_category, code_url, true as featured, votes_at_source, place, source_place
			from edition_paper join paper on paper.id = paper_id where edition_paper.day = ${day}
			union all
			select id, key, primary_category, code_url, false, null, null, null
			from paper where announced = ${day}
				and not exists (select from edition_paper where edition_paper.day = ${day} and paper_id = paper.id)
		) entry`.execute(db);
	return rows[0]?.entries ?? [];
}
