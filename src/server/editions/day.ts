import { Refused } from '#server/refused.ts';

/** A day as the database writes it: `2026-04-16`. Days have no time zone and are compared as strings. */
export type Day = string;

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MILLISECONDS = 86_400_000;

const newYork = new Intl.DateTimeFormat('en-CA', {
	timeZone: 'America/New_York',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	hour: '2-digit',
	hourCycle: 'h23'
});

/** Whether the text is a day of the calendar, in the years 1900 to 2999. */
export function isDay(text: string): boolean {
	return /^(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text) && dayOfInstant(instantOf(text)) === text;
}

/** The day that an address names. Refuses what is none. */
export function existingDay(text: string): Day {
	if (isDay(text)) return text;
	throw new Refused('not_found', `There is no day ${text}.`);
}

export function addDays(day: Day, days: number): Day {
	return dayOfInstant(instantOf(day) + days * MILLISECONDS);
}

/** How many days lie from the one to the other; negative when `to` is the earlier. */
export function daysBetween({ from, to }: { from: Day; to: Day }) {
	return Math.round((instantOf(to) - instantOf(from)) / MILLISECONDS);
}

/** 1 for Monday to 7 for Sunday, as ISO 8601 and PostgreSQL's isodow count. */
export function weekdayOf(day: Day) {
	return new Date(instantOf(day)).getUTCDay() || 7;
}

export function isWeekend(day: Day) {
	return weekdayOf(day) > 5;
}

/** The last Monday to Friday before the day. */
export function weekdayBefore(day: Day): Day {
	const before = addDays(day, -1);
	return isWeekend(before) ? weekdayBefore(before) : before;
}

/** The first Monday to Friday after the day. */
export function weekdayAfter(day: Day): Day {
	const after = addDays(day, 1);
	return isWeekend(after) ? weekdayAfter(after) : after;
}

/** Thursday */
export function weekdayName(day: Day) {
	return WEEKDAYS[weekdayOf(day) - 1]!;
}

/** The moment an edition opens: 20:00 in New York on the evening before, when arXiv announces. Monday's opens on Sunday. */
export function opensAt(day: Day): Date {
	const evening = addDays(day, -1);
	// 20:00 in New York is 00:00 UTC in summer and 01:00 in winter; the clocks change at two in the morning.
	const inSummer = new Date(instantOf(evening) + MILLISECONDS);
	const inNewYork = timeInNewYork(inSummer);
	return inNewYork.hour === 20 ? inSummer : new Date(inSummer.getTime() + 3_600_000);
}

/** The day of the latest edition that has opened: Friday's from Thursday 20:00 in New York until Sunday 20:00. */
export function editionDayAt(now: Date): Day {
	const { day, hour } = timeInNewYork(now);
	const opened = hour < 20 ? day : addDays(day, 1);
	return isWeekend(opened) ? weekdayBefore(opened) : opened;
}

function timeInNewYork(instant: Date) {
	const parts = Object.fromEntries(newYork.formatToParts(instant).map(({ type, value }) => [type, value]));
	return { day: `${parts.year}-${parts.month}-${parts.day}`, hour: Number(parts.hour) };
}

function instantOf(day: Day) {
	return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)));
}

function dayOfInstant(instant: number): Day {
	return new Date(instant).toISOString().slice(0, 10);
}
