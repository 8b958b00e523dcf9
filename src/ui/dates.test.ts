import { expect, test } from 'vitest';
import { dayOfYear, listDate, longDay, monthAndYear, plainDate, shortDay, weekAndYear } from './dates.ts';

test('a day is written as long as its place allows', () => {
	expect(longDay('2026-04-16')).toBe('Thursday 16 April 2026');
	expect(dayOfYear('2026-04-03')).toBe('Friday 3 April');
	expect(shortDay('2026-04-15')).toBe('Wed 15 April');
	expect(plainDate('2026-04-06')).toBe('6 April 2026');
	expect(listDate('2025-07-04')).toBe('4 Jul 2025');
});

test('weeks and months are written by name', () => {
	expect(weekAndYear('2026-W53')).toBe('Week 53 of 2026');
	expect(monthAndYear('2026-04')).toBe('April 2026');
});
