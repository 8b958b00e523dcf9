import type { Db } from '#server/db/database.ts';
import { calendarMonth, type CalendarMonth } from './calendar-month.ts';
import { allEditions, type DayCount } from './editions.ts';

/** All editions, by year and month, the latest first. A year beyond the last three is told by its months alone. */
export interface ArchiveYear {
	year: string;
	editions: number;
	featured: number;
	announced: number;
	months: ArchiveMonth[];
}

export interface ArchiveMonth {
	month: string;
	editions: number;
	featured: number;
	announced: number;
	/** Null for months that are too far back to be laid out day by day. */
	calendar: CalendarMonth | null;
}

const LAID_OUT = 24;

export async function archiveOf(db: Db): Promise<ArchiveYear[]> {
	return archiveYears(await allEditions(db));
}

/** Groups days into months and years; pure. */
export function archiveYears(days: readonly DayCount[]): ArchiveYear[] {
	const months = [...Map.groupBy(days, ({ day }) => day.slice(0, 7))].reverse().map(([month, inMonth], index) => ({
		month,
		...countsOf(inMonth),
		calendar: index < LAID_OUT ? calendarMonth(month, inMonth) : null
	}));
	return [...Map.groupBy(months, ({ month }) => month.slice(0, 4))].map(([year, inYear]) => ({
		year,
		...totalsOf(inYear),
		months: inYear
	}));
}

function countsOf(days: readonly DayCount[]) {
	return totalsOf(days.map((day) => ({ ...day, editions: 1 })));
}

function totalsOf(parts: readonly { editions: number; featured: number; announced: number }[]) {
	return parts.reduce(
		(total, part) => ({
			editions: total.editions + part.editions,
			featured: total.featured + part.featured,
			announced: total.announced + part.announced
		}),
		{ editions: 0, featured: 0, announced: 0 }
	);
}
