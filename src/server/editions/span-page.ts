import type { Db } from '#server/db/database.ts';
import type { ListedPaper } from '#server/papers/listed-papers.ts';
import { whyNoAnnouncement } from './arxiv-calendar.ts';
import { calendarOf, type CalendarMonth } from './calendar-month.ts';
import { editionAfter, editionBefore, editionsBetween, type DayCount } from './editions.ts';
import { firstPapersOf } from './first-papers.ts';

/** A week or a month: its days of announcement, each with the first of its papers. */
export interface SpanPage {
	days: SpanDay[];
	featured: number;
	announced: number;
	calendar: CalendarMonth;
	/** Whether there are editions before and after these days. */
	hasBefore: boolean;
	hasAfter: boolean;
}

export interface SpanDay {
	day: string;
	count: DayCount | null;
	/** The name of arXiv's holiday; null on other days. */
	holiday: string | null;
	papers: ListedPaper[];
}

/** Reads the days given, each with its first `papersPerDay` papers. */
export async function spanPage(
	db: Db,
	{ days, papersPerDay }: { days: readonly string[]; papersPerDay: number }
): Promise<SpanPage> {
	const [first = '', last = ''] = [days[0], days.at(-1)];
	const [editions, calendar, before, after] = await Promise.all([
		editionsBetween(db, first, last),
		calendarOf(db, last.slice(0, 7)),
		editionBefore(db, first),
		editionAfter(db, last)
	]);
	const counts = new Map(editions.map((edition) => [edition.day, edition]));
	const papers = await firstPapersOf(db, { editions, limit: papersPerDay });
	return {
		days: days.map((day) => ({
			day,
			count: counts.get(day) ?? null,
			holiday: holidayOn(day),
			papers: papers.get(day) ?? []
		})),
		featured: sum(editions.map((edition) => edition.featured)),
		announced: sum(editions.map((edition) => edition.announced)),
		calendar,
		hasBefore: before !== null,
		hasAfter: after !== null
	};
}

function holidayOn(day: string) {
	const closed = whyNoAnnouncement(day);
	return closed?.reason === 'holiday' ? closed.name : null;
}

function sum(counts: readonly number[]) {
	return counts.reduce((total, count) => total + count, 0);
}
