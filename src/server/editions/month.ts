import { Refused } from '#server/refused.ts';
import { addDays, isDay, isWeekend, type Day } from './day.ts';

/** A month of the calendar: `2026-04`. */
export type Month = string;

/** Whether the text is a month, in the years 1900 to 2999. */
export function isMonth(text: string): boolean {
	return /^[0-9]{4}-[0-9]{2}$/.test(text) && isDay(firstDayOf(text));
}

/** The month that an address names. Refuses what is none. */
export function existingMonth(text: string): Month {
	if (isMonth(text)) return text;
	throw new Refused('not_found', `There is no month ${text}.`);
}

export function monthOf(day: Day): Month {
	return day.slice(0, 7);
}

export function firstDayOf(month: Month): Day {
	return `${month}-01`;
}

export function lastDayOf(month: Month): Day {
	return addDays(firstDayOf(monthAfter(month)), -1);
}

/** The month's Mondays to Fridays: the days that can have an edition. */
export function daysOfMonth(month: Month): Day[] {
	return Array.from({ length: Number(lastDayOf(month).slice(8)) }, (_, index) =>
		addDays(firstDayOf(month), index)
	).filter((day) => !isWeekend(day));
}

export function monthBefore(month: Month): Month {
	return monthOf(addDays(firstDayOf(month), -1));
}

export function monthAfter(month: Month): Month {
	return monthOf(addDays(firstDayOf(month), 31));
}
