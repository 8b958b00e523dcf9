import { Refused } from '#server/refused.ts';
import { addDays, daysBetween, weekdayOf, type Day } from './day.ts';

/** A week of ISO 8601: `2026-W16`. It belongs to the year of its Thursday; some years have a W53. */
export type Week = string;

/** Whether the text is a week of the calendar, in the years 1900 to 2999. 2026 has a W53, 2025 has none. */
export function isWeek(text: string): boolean {
	return /^(?:19|2[0-9])[0-9]{2}-W[0-5][0-9]$/.test(text) && weekOf(thursdayOf(text)) === text;
}

/** The week that an address names. Refuses what is none. */
export function existingWeek(text: string): Week {
	if (isWeek(text)) return text;
	throw new Refused('not_found', `There is no week ${text}.`);
}

export function weekOf(day: Day): Week {
	const thursday = addDays(day, 4 - weekdayOf(day));
	const year = thursday.slice(0, 4);
	const number = Math.floor(daysBetween({ from: `${year}-01-01`, to: thursday }) / 7) + 1;
	return `${year}-W${String(number).padStart(2, '0')}`;
}

/** Monday to Friday: the days that can have an edition. */
export function daysOfWeek(week: Week): Day[] {
	return [-3, -2, -1, 0, 1].map((days) => addDays(thursdayOf(week), days));
}

export function weekBefore(week: Week): Week {
	return weekOf(addDays(thursdayOf(week), -7));
}

export function weekAfter(week: Week): Week {
	return weekOf(addDays(thursdayOf(week), 7));
}

// 4 January is always in the first week.
function thursdayOf(week: Week): Day {
	const fourth = `${week.slice(0, 4)}-01-04`;
	return addDays(fourth, 4 - weekdayOf(fourth) + 7 * (Number(week.slice(6)) - 1));
}
