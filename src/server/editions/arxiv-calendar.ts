import { ARXIV_HOLIDAYS, YEARS_KNOWN } from './arxiv-holidays.ts';
import { isWeekend, weekdayAfter, weekdayBefore, type Day } from './day.ts';

/** Why arXiv announces nothing on a day; `unknown_year` where its holidays of that year are not known here. */
export type NoAnnouncement = { reason: 'weekend' } | { reason: 'holiday'; name: string } | { reason: 'unknown_year' };

/** Why arXiv has no list of that date; null for a day on which it announces. */
export function whyNoAnnouncement(day: Day): NoAnnouncement | null {
	if (isWeekend(day)) return { reason: 'weekend' };
	const name = ARXIV_HOLIDAYS.get(day);
	if (name) return { reason: 'holiday', name };
	return YEARS_KNOWN.has(day.slice(0, 4)) ? null : { reason: 'unknown_year' };
}

/** The first day after this one on which arXiv announces. In years whose holidays are not known: the next weekday. */
export function nextAnnouncementDay(day: Day): Day {
	const after = weekdayAfter(day);
	return ARXIV_HOLIDAYS.has(after) ? nextAnnouncementDay(after) : after;
}

/** The last day before this one on which arXiv announced. In years whose holidays are not known: the last weekday. */
export function previousAnnouncementDay(day: Day): Day {
	const before = weekdayBefore(day);
	return ARXIV_HOLIDAYS.has(before) ? previousAnnouncementDay(before) : before;
}
