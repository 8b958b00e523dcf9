const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December'
];

/** `2026-04-16` → "Thursday 16 April 2026". */
export function longDay(day: string) {
	return `${weekdayName(day)} ${plainDate(day)}`;
}

/** `2026-04-16` → "Thursday 16 April", where the year is plain from the page. */
export function dayOfYear(day: string) {
	return `${weekdayName(day)} ${dayNumber(day)} ${monthName(day)}`;
}

/** `2026-04-15` → "Wed 15 April". */
export function shortDay(day: string) {
	return `${weekdayName(day).slice(0, 3)} ${dayNumber(day)} ${monthName(day)}`;
}

/** `2026-04-16` → "16 April 2026". */
export function plainDate(day: string) {
	return `${dayNumber(day)} ${monthName(day)} ${day.slice(0, 4)}`;
}

/** `2025-07-04` → "4 Jul 2025". */
export function listDate(day: string) {
	return `${dayNumber(day)} ${monthName(day).slice(0, 3)} ${day.slice(0, 4)}`;
}

/** `2026-04` → "April 2026". */
export function monthAndYear(month: string) {
	return `${monthName(month)} ${month.slice(0, 4)}`;
}

/** `2026-W16` → "Week 16 of 2026". */
export function weekAndYear(week: string) {
	return `Week ${Number(week.slice(6))} of ${week.slice(0, 4)}`;
}

/** `2026-04-16` → "Thursday". */
export function weekdayName(day: string) {
	return WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()]!;
}

function monthName(day: string) {
	return MONTHS[Number(day.slice(5, 7)) - 1]!;
}

function dayNumber(day: string) {
	return Number(day.slice(8, 10));
}
