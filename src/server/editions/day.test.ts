import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addDays,
	daysBetween,
	editionDayAt,
	isDay,
	isWeekend,
	opensAt,
	weekdayAfter,
	weekdayBefore,
	weekdayOf
} from './day.ts';

test.each(['2026-04-16', '2024-02-29', '2000-02-29', '1986-04-25', '2999-12-31'])('%s is a day', (text) => {
	expect(isDay(text)).toBe(true);
});

test.each([
	'2026-02-29',
	'1900-02-29',
	'2026-13-01',
	'2026-00-10',
	'2026-04-31',
	'2026-4-16',
	'0026-04-16',
	'2026-04-16 '
])('%j is not a day', (text) => {
	expect(isDay(text)).toBe(false);
});

test.each([
	['2026-04-16', 1, '2026-04-17'],
	['2026-12-31', 1, '2027-01-01'],
	['2024-03-01', -1, '2024-02-29'],
	['2026-03-08', 1, '2026-03-09'],
	['2026-04-16', -365, '2025-04-16']
])('%s and %i days is %s', (day, days, other) => {
	expect(addDays(day, days)).toBe(other);
	expect(daysBetween({ from: day, to: other })).toBe(days);
});

test('days are counted as they are added, and weekdays go round', () => {
	const day = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays('1990-01-01', days));
	fc.assert(
		fc.property(day, fc.integer({ min: -5000, max: 5000 }), (day, days) => {
			const other = addDays(day, days);
			expect(isDay(other)).toBe(true);
			expect(daysBetween({ from: day, to: other })).toBe(days);
			expect((((weekdayOf(other) - weekdayOf(day) - days) % 7) + 7) % 7).toBe(0);
			expect(isWeekend(weekdayAfter(day)) || isWeekend(weekdayBefore(day))).toBe(false);
		})
	);
});

test.each([
	['2026-04-16', '2026-04-15', '2026-04-17'],
	['2026-04-17', '2026-04-16', '2026-04-20'],
	['2026-04-18', '2026-04-17', '2026-04-20'],
	['2026-04-19', '2026-04-17', '2026-04-20'],
	['2026-04-20', '2026-04-17', '2026-04-21']
])('%s lies between the weekdays %s and %s', (day, before, after) => {
	expect(weekdayBefore(day)).toBe(before);
	expect(weekdayAfter(day)).toBe(after);
});

test.each([
	['2026-04-16', '2026-04-16T00:00:00Z'],
	['2026-04-20', '2026-04-20T00:00:00Z'],
	['2026-01-15', '2026-01-15T01:00:00Z'],
	// The clocks of New York change on Sunday 8 March and Sunday 1 November 2026.
	['2026-03-06', '2026-03-06T01:00:00Z'],
	['2026-03-09', '2026-03-09T00:00:00Z'],
	['2026-10-30', '2026-10-30T00:00:00Z'],
	['2026-11-02', '2026-11-02T01:00:00Z']
])('the edition of %s opens at %s', (day, instant) => {
	expect(opensAt(day)).toEqual(new Date(instant));
});

test.each([
	['2026-04-15T23:59:59Z', '2026-04-15'],
	['2026-04-16T00:00:00Z', '2026-04-16'],
	['2026-04-17T00:00:00Z', '2026-04-17'],
	['2026-04-18T00:00:00Z', '2026-04-17'],
	['2026-04-19T23:59:59Z', '2026-04-17'],
	['2026-04-20T00:00:00Z', '2026-04-20'],
	['2026-01-15T00:59:59Z', '2026-01-14'],
	['2026-01-15T01:00:00Z', '2026-01-15'],
	['2026-03-09T00:00:00Z', '2026-03-09'],
	['2026-11-02T00:30:00Z', '2026-10-30']
])('at %s the latest edition is that of %s', (instant, day) => {
	expect(editionDayAt(new Date(instant))).toBe(day);
});

test('an edition is the latest from the moment it opens until the next one does', () => {
	const weekday = fc.integer({ min: 0, max: 20_000 }).map((days) => weekdayAfter(addDays('1999-12-31', days)));
	fc.assert(
		fc.property(weekday, (day) => {
			const opening = opensAt(day).getTime();
			expect(editionDayAt(new Date(opening))).toBe(day);
			expect(editionDayAt(new Date(opening - 1))).toBe(weekdayBefore(day));
			expect(editionDayAt(new Date(opensAt(weekdayAfter(day)).getTime() - 1))).toBe(day);
		})
	);
});
