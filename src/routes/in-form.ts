import { error } from '@sveltejs/kit';
import { atomFeed } from '#server/feeds/atom.ts';
import { bibtexOfAll } from '#server/papers/bibtex.ts';
import { citedPaper } from '#server/papers/cited-paper.ts';
import { cslJsonOf } from '#server/papers/csl-json.ts';
import type { ListedPaper } from '#server/papers/listed-papers.ts';
import { paperPath } from '#server/papers/paper-key.ts';
import { paperListJson } from '#server/papers/paper-json.ts';
import type { PaperListPage } from '#server/papers/papers.ts';
import { risOfAll } from '#server/papers/ris.ts';

interface Papers {
	title: string;
	/** Of the page that this is another form of. */
	path: string;
	/** Of this form, where it is not the path and an ending. */
	self?: string;
	origin: string;
	papers: readonly ListedPaper[];
	json: () => unknown;
}

const TYPES: Record<string, string> = {
	json: 'application/json',
	atom: 'application/atom+xml; charset=utf-8',
	bib: 'application/x-bibtex; charset=utf-8',
	ris: 'application/x-research-info-systems; charset=utf-8',
	'csl.json': 'application/vnd.citationstyles.csl+json'
};

/** A page in another form: JSON, a feed, or citations. */
export function inForm(form: string, page: Papers): Response {
	const body = bodyOf(form, page);
	return new Response(body, {
		headers: { 'content-type': TYPES[form] ?? 'text/plain', 'access-control-allow-origin': '*' }
	});
}

/** One page of a list in another form. */
export function listInForm(
	form: string,
	{ list, ...page }: { list: PaperListPage; title: string; path: string; origin: string }
) {
	return inForm(form, { ...page, papers: list.papers, json: () => paperListJson(list, page.origin) });
}

function bodyOf(form: string, page: Papers): string {
	const cited = () => page.papers.map(citedPaper);
	if (form === 'json') return JSON.stringify(page.json(), null, '\t');
	if (form === 'atom') return feedOf(page);
	if (form === 'bib') return bibtexOfAll(cited());
	if (form === 'ris') return risOfAll(cited());
	if (form === 'csl.json') return JSON.stringify(cited().map(cslJsonOf), null, '\t');
	error(404);
}

function feedOf({ title, path, self = `${path}.atom`, origin, papers }: Papers): string {
	return atomFeed({
		id: origin + path,
		title: `Broadsheet: ${title}`,
		updated: latest(papers.map((paper) => paper.changed_at)),
		self: origin + self,
		alternate: origin + path,
		author: 'Broadsheet',
		entries: papers.map((paper) => ({
			id: origin + paperPath(paper.key),
			title: paper.title,
			url: origin + paperPath(paper.key),
			updated: paper.changed_at,
			published: paper.published ? new Date(`${paper.published}T00:00Z`) : null,
			authors: paper.authors,
			summary: paper.abstract,
			categories: paper.categories
		}))
	});
}

function latest(instants: readonly Date[]) {
	return new Date(Math.max(0, ...instants.map((instant) => instant.getTime())));
}
