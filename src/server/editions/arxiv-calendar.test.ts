import { expect, test } from 'vitest';
import { nextAnnouncementDay, previousAnnouncementDay, whyNoAnnouncement } from './arxiv-calendar.ts';
import { ARXIV_HOLIDAYS } from './arxiv-holidays.ts';
import { isDay, isWeekend } from './day.ts';

test.each([
	['2026-04-16', null],
	['2026-04-18', { reason: 'weekend' }],
	['2026-04-19', { reason: 'weekend' }],
	['2025-11-27', null],
	['2025-11-28', { reason: 'holiday', name: 'Thanksgiving' }],
	['2025-07-04', null],
	['2025-07-07', { reason: 'holiday', name: 'Independence Day' }],
	['2025-12-29', null],
	['2026-01-01', null],
	['2026-01-02', { reason: 'holiday', name: 'New Year’s Day' }],
	// arXiv announces on Good Friday and on Memorial Day's evening.
	['2026-04-03', null],
	['2026-05-26', null],
	['2024-11-29', { reason: 'unknown_year' }],
	['2027-01-01', { reason: 'holiday', name: 'New Year’s Eve' }],
	['2027-01-04', { reason: 'unknown_year' }],
	['2027-01-02', { reason: 'weekend' }]
])('%s has no announcement because: %o', (day, why) => {
	expect(whyNoAnnouncement(day)).toEqual(why);
});

test.each([
	['2026-04-16', '2026-04-15', '2026-04-17'],
	['2026-04-20', '2026-04-17', '2026-04-21'],
	['2026-07-03', '2026-07-02', '2026-07-07'],
	['2026-07-07', '2026-07-03', '2026-07-08'],
	['2025-12-31', '2025-12-30', '2026-01-01'],
	['2026-01-01', '2025-12-30', '2026-01-05']
])('around %s arXiv announces on %s and %s', (day, before, after) => {
	expect(previousAnnouncementDay(day)).toBe(before);
	expect(nextAnnouncementDay(day)).toBe(after);
});

test('every holiday is a weekday of the calendar, in order', () => {
	const days = [...ARXIV_HOLIDAYS.keys()];
	expect(days.filter((day) => !isDay(day) || isWeekend(day))).toEqual([]);
	expect(days).toEqual(days.toSorted());
});
