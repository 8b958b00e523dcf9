import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, isWeekend } from './day.ts';
import { daysOfWeek, existingWeek, isWeek, weekAfter, weekBefore, weekOf } from './week.ts';

test.each([
	['2026-04-16', '2026-W16'],
	['2026-01-01', '2026-W01'],
	['2027-01-01', '2026-W53'],
	['2027-01-03', '2026-W53'],
	['2027-01-04', '2027-W01'],
	['2021-01-03', '2020-W53'],
	['2024-12-30', '2025-W01'],
	['2025-12-28', '2025-W52'],
	['2025-12-29', '2026-W01'],
	['2023-01-01', '2022-W52'],
	['2016-01-01', '2015-W53']
])('%s is in %s', (day, week) => {
	expect(weekOf(day)).toBe(week);
});

test.each([
	['2026-W53', true],
	['2025-W53', false],
	['2020-W53', true],
	['2026-W01', true],
	['2026-W00', false],
	['2026-W54', false],
	['2026-W1', false],
	['2026-w16', false],
	['2026-16', false]
])('whether %s is a week: %s', (text, is) => {
	expect(isWeek(text)).toBe(is);
});

test('a week that is none is refused', () => {
	expect(() => existingWeek('2025-W53')).toThrow('There is no week 2025-W53.');
});

test('a week has the days from Monday to Friday, across the turn of a year too', () => {
	expect(daysOfWeek('2026-W16')).toEqual(['2026-04-13', '2026-04-14', '2026-04-15', '2026-04-16', '2026-04-17']);
	expect(daysOfWeek('2026-W53')).toEqual(['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01']);
	expect(weekAfter('2026-W53')).toBe('2027-W01');
	expect(weekBefore('2021-W01')).toBe('2020-W53');
});

test('every day is in exactly one week, and weeks follow each other', () => {
	const day = fc.integer({ min: 0, max: 200_000 }).map((days) => addDays('1950-01-01', days));
	fc.assert(
		fc.property(day, (day) => {
			const week = weekOf(day);
			expect(isWeek(week)).toBe(true);
			expect(daysOfWeek(week).includes(day)).toBe(!isWeekend(day));
			expect(weekOf(addDays(day, 7))).toBe(weekAfter(week));
			expect(weekBefore(weekAfter(week))).toBe(week);
		})
	);
});
