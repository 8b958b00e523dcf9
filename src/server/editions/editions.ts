import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { Passage } from '#server/text/tex.ts';
import { papersInOrder, type ListedPaper } from '#server/papers/listed-papers.ts';
import { editionDayAt } from './day.ts';
import { editionFacts } from './edition-facts.ts';
import { rollOf, type EditionFilter, type Roll } from './roll.ts';

/** A paper where it was featured: with its votes elsewhere, which are shown as such and never added to ours. */
export type EditionPaper = ListedPaper & {
	featured_by?: string | null;
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

/** A day with papers: how many were featured, and how many were announced. */
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

/** The day of the edition that `/` shows: the latest that has opened, in an empty database today's. */
export async function editionToShow(db: Db, now: Date): Promise<string> {
	const today = editionDayAt(now);
	return (await latestEditionDay(db, today)) ?? today;
}

/** The edition of a day, also of a day without papers: then its counts are 0 and its number is null. */
export async function editionOf(db: Db, day: string, filter: EditionFilter): Promise<Edition> {
	const { edition, entries, number, recent, after, month } = await editionFacts(db, day);
	const roll = rollOf(entries, filter);
	const papers = await papersInOrder(db, [...roll.ranked, ...roll.also.flatMap((group) => group.ids)]);
	const entryOf = new Map(entries.map((entry) => [entry.id, entry]));
	const byId = new Map(
		papers.map((paper) => {
			const { source = null, votesAtSource = null } = entryOf.get(paper.id) ?? {};
			return [paper.id, { ...paper, featured_by: source, votes_at_source: votesAtSource }];
		})
	);
	const listed = (group: readonly number[]) => group.flatMap((id) => byId.get(id) ?? []);
	return {
		day,
		number: entries.length > 0 ? number : null,
		note: edition?.note ?? null,
		featured: edition?.featured ?? 0,
		announced: edition?.announced ?? 0,
		announcedIsSample: edition?.announced_is_sample ?? false,
		isSample: edition?.is_sample ?? false,
		roll,
		ranked: listed(roll.ranked),
		also: roll.also.map(({ category, papers, ids }) => ({ category, papers, listed: listed(ids) })),
		before: recent.find((other) => other.day < day) ?? null,
		after,
		recent: recent.toReversed(),
		month
	};
}

/** The last day with papers before this one. */
export async function editionBefore(db: Db, day: string): Promise<DayCount | null> {
	return (await editionDays(db).where('day', '<', day).orderBy('day', 'desc').limit(1).executeTakeFirst()) ?? null;
}

/** The first day with papers after this one. */
export async function editionAfter(db: Db, day: string): Promise<DayCount | null> {
	return (await editionDays(db).where('day', '>', day).orderBy('day').limit(1).executeTakeFirst()) ?? null;
}

/** Every day with papers, in order. */
export async function allEditions(db: Db): Promise<DayCount[]> {
	return editionDays(db).orderBy('day').execute();
}

/** Every day with papers from `first` to `last`, in order. */
export async function editionsBetween(db: Db, first: string, last: string): Promise<DayCount[]> {
	return editionDays(db).where('day', '>=', first).where('day', '<=', last).orderBy('day').execute();
}

/** The editions that a paper was featured on, the latest first, with its place there. */
export async function editionsOfPaper(db: Db, paperId: number) {
	const { rows } = await sql<{ day: string; place: number; papers: number }>`
		select day, place, papers from (
			select edition_paper.day, paper_id,
				row_number() over (partition by edition_paper.day order by place nulls last, source_place nulls last, key) as place,
				count(*) over (partition by edition_paper.day) as papers
			from edition_paper join paper on paper.id = paper_id
			where edition_paper.day in (select day from edition_paper where paper_id = ${paperId})
		) it where paper_id = ${paperId} order by day desc`.execute(db);
	return rows;
}

function editionDays(db: Db) {
	return db
		.selectFrom('edition')
		.select(['day', 'featured', 'announced'])
		.where((eb) => eb.or([eb('featured', '>', 0), eb('announced', '>', 0)]));
}
