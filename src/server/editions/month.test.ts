import { expect, test } from 'vitest';
import {
	daysOfMonth,
	existingMonth,
	firstDayOf,
	isMonth,
	lastDayOf,
	monthAfter,
	monthBefore,
	monthOf
} from './month.ts';

test.each([
	['2026-04', true],
	['2026-12', true],
	['2026-00', false],
	['2026-13', false],
	['2026-4', false],
	['2026-04-01', false],
	['1066-10', false]
])('whether %s is a month: %s', (text, is) => {
	expect(isMonth(text)).toBe(is);
});

test('a month that is none is refused', () => {
	expect(() => existingMonth('2026-13')).toThrow('There is no month 2026-13.');
});

test.each([
	['2026-01', '2025-12', '2026-02', '2026-01-31'],
	['2026-02', '2026-01', '2026-03', '2026-02-28'],
	['2024-02', '2024-01', '2024-03', '2024-02-29'],
	['2026-12', '2026-11', '2027-01', '2026-12-31'],
	['2026-04', '2026-03', '2026-05', '2026-04-30']
])('%s lies between %s and %s and ends on %s', (month, before, after, last) => {
	expect(monthBefore(month)).toBe(before);
	expect(monthAfter(month)).toBe(after);
	expect(firstDayOf(month)).toBe(`${month}-01`);
	expect(lastDayOf(month)).toBe(last);
	expect(monthOf(last)).toBe(month);
});

test('the days of a month are its Mondays to Fridays', () => {
	const days = daysOfMonth('2026-02');
	expect(days).toHaveLength(20);
	expect([days[0], days[4], days[5], days[19]]).toEqual(['2026-02-02', '2026-02-06', '2026-02-09', '2026-02-27']);
});
