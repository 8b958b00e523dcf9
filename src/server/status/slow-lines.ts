import { milliseconds, span } from './amounts.ts';
import type { SiteStatus } from './status.ts';

/** A kind of page over the last hour. */
export interface SlowLine {
	page: string;
	asked: string;
	fromCache: string;
	median: string;
	p99: string;
	worst: string;
}

/** A kind of work for which everybody waits. */
export interface PauseLine {
	work: string;
	times: string;
	longest: string;
	last: string;
}

const SHOWN = 12;

/** The slowest first. */
export function slowLines({ slow }: SiteStatus): SlowLine[] {
	return slow.slice(0, SHOWN).map((route) => ({
		page: pageInWords(route.route),
		asked: route.count.toLocaleString('en-GB'),
		fromCache: route.from_cache > 0 ? `${Math.round(route.from_cache * 100)} %` : '–',
		median: milliseconds(route.median_ms),
		p99: milliseconds(route.p99_ms),
		worst: milliseconds(route.worst_ms)
	}));
}

const PAGES: Record<string, string> = {
	'/': 'The front page',
	'/[day=day]': 'An edition',
	'/[week=week]': 'A week',
	'/[month=month]': 'A month',
	'/papers/[...key]': 'A paper',
	'/categories/[category]': 'A category',
	'/authors/[name]': 'An author',
	'/organisations/[handle]': 'An organisation',
	'/archive': 'The archive',
	'/about': 'About',
	'/status': 'This page',
	'/healthz': 'Whether it is healthy',
	'/readyz': 'Whether it is ready',
	'/metrics': 'Metrics',
	file: 'Fonts and other files',
	refused: 'What was refused',
	none: 'No such page'
};
const FORM = '/as/[form=form]';

/** A route as a person calls it; of others its address. */
export function pageInWords(route: string): string {
	const page = route.endsWith(FORM) ? route.slice(0, -FORM.length) || '/' : route;
	const words = PAGES[page] ?? page;
	return page === route ? words : `${words}, in another form`;
}

export function pauseLines({ at, process }: SiteStatus): PauseLine[] {
	if (!process) return [];
	const works = [
		['Checkpoint', process.checkpoints],
		['Vacuum', process.vacuums],
		['Copy of the folder', process.copies]
	] as const;
	return works.map(([work, { count, longestMs, lastMs, lastAt }]) => ({
		work,
		times: count.toLocaleString('en-GB'),
		longest: count > 0 ? milliseconds(longestMs) : '–',
		last:
			lastMs === null || lastAt === null
				? 'never'
				: `${milliseconds(lastMs)}, ${span(at.getTime() - new Date(lastAt).getTime())} ago`
	}));
}
