import type { Db } from '#server/db/database.ts';
import { whyNoAnnouncement } from './arxiv-calendar.ts';
import { addDays, weekdayOf } from './day.ts';
import { editionsBetween, type DayCount } from './editions.ts';
import { firstDayOf, lastDayOf } from './month.ts';

/** A month as a calendar shows it: weeks from Monday to Sunday, null where a day belongs to another month. */
export interface CalendarMonth {
	/** `2026-04` */
	month: string;
	weeks: (CalendarDay | null)[][];
}

export interface CalendarDay {
	day: string;
	/** Papers featured, or with nothing featured those announced. */
	papers: number;
	holiday: boolean;
}

export async function calendarOf(db: Db, month: string): Promise<CalendarMonth> {
	return calendarMonth(month, await editionsBetween(db, firstDayOf(month), lastDayOf(month)));
}

/** Lays out a month; pure. */
export function calendarMonth(month: string, editions: readonly DayCount[]): CalendarMonth {
	const counts = new Map(editions.map((edition) => [edition.day, edition.featured || edition.announced]));
	const first = firstDayOf(month);
	const monday = addDays(first, 1 - weekdayOf(first));
	const weeks: CalendarMonth['weeks'] = [];
	for (let start = monday; start <= lastDayOf(month); start = addDays(start, 7))
		weeks.push(
			Array.from({ length: 7 }, (_, index) => addDays(start, index)).map((day) =>
				day.startsWith(month)
					? { day, papers: counts.get(day) ?? 0, holiday: whyNoAnnouncement(day)?.reason === 'holiday' }
					: null
			)
		);
	return { month, weeks };
}
