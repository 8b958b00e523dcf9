import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { withoutGist } from '#server/text/tex.ts';
import { nextAnnouncementDay, whyNoAnnouncement } from './arxiv-calendar.ts';
import { calendarMonth, type CalendarMonth } from './calendar-month.ts';
import { opensAt } from './day.ts';
import { editionOf, type Edition, type EditionPaper } from './editions.ts';
import { columns, layoutOf, type Layout } from './layout.ts';
import type { EditionFilter } from './roll.ts';
import { weekOf } from './week.ts';

/** Why a day shows no papers. Times are written in UTC. */
export type EmptyDay =
	| { reason: 'filter' | 'weekend' | 'unknown_year' | 'not_taken_in' }
	| { reason: 'holiday'; name: string }
	| { reason: 'not_yet'; opensAt: string };

/** All that the page of an edition needs. */
export interface EditionPage {
	edition: Edition;
	filter: EditionFilter;
	layout: Layout<EditionPaper>;
	also: { category: string | null; papers: number; columns: EditionPaper[][] }[];
	/** `2026-W16` */
	week: string;
	calendar: CalendarMonth;
	/** The next day on which arXiv announces, when that is still to come. */
	next: { day: string; opensAt: string } | null;
	/** Null where there are papers to show. */
	empty: EmptyDay | null;
}

/** Reads the edition of a day as its page shows it at the instant `now`. */
export async function editionPage(
	db: Db,
	{ day, filter, now }: { day: string; filter: EditionFilter; now: Date }
): Promise<EditionPage> {
	const edition = await editionOf(db, day, filter);
	if (filter.page > edition.roll.pages)
		throw new Refused('not_found', `This edition has ${counted(edition.roll.pages)}.`);
	const next = nextAnnouncementDay(day);
	const layout = layoutOf(edition.ranked);
	return {
		edition,
		filter,
		layout: { ...layout, lead: layout.lead && withRest(layout.lead) },
		also: edition.also.map(({ category, papers, listed }) => ({ category, papers, columns: columns(listed, 2) })),
		week: weekOf(day),
		calendar: calendarMonth(day.slice(0, 7), edition.month),
		next: opensAt(next) > now ? { day: next, opensAt: utcTime(opensAt(next)) } : null,
		empty: edition.roll.shown > 0 ? null : whyEmpty(edition, now)
	};
}

function withRest(lead: EditionPaper): EditionPaper {
	const abstract = { text: lead.abstract, html: lead.abstract_html };
	const rest = withoutGist(abstract, { text: lead.gist, html: lead.gist_html });
	return { ...lead, rest: rest.text === '' ? null : rest };
}

function counted(pages: number) {
	return pages === 1 ? 'one page' : `${pages} pages`;
}

function whyEmpty({ day, roll }: Edition, now: Date): EmptyDay {
	if (roll.total > 0) return { reason: 'filter' };
	const closed = whyNoAnnouncement(day);
	if (closed?.reason === 'weekend' || closed?.reason === 'holiday') return closed;
	if (opensAt(day) > now) return { reason: 'not_yet', opensAt: utcTime(opensAt(day)) };
	return { reason: closed ? 'unknown_year' : 'not_taken_in' };
}

function utcTime(instant: Date) {
	return `${instant.toISOString().slice(11, 16)} UTC`;
}
