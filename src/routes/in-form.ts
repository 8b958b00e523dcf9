import { redirect } from '@sveltejs/kit';
import type { Db } from '#server/db/database.ts';
import { atomFeed } from '#server/feeds/atom.ts';
import { bibtexOfAll } from '#server/papers/bibtex.ts';
import { citedPaper } from '#server/papers/cited-paper.ts';
import { cslJsonOf } from '#server/papers/csl-json.ts';
import { withAllAuthors, type ListedPaper } from '#server/papers/listed-papers.ts';
import { paperPath } from '#server/papers/paper-key.ts';
import { paperListJson } from '#server/papers/paper-json.ts';
import type { PaperListPage } from '#server/papers/papers.ts';
import { risOfAll } from '#server/papers/ris.ts';

interface Papers {
	db: Db;
	/** That was asked for. */
	url: URL;
	title: string;
	/** Of the page that this is another form of. */
	path: string;
	/** What the page reads after its path, from the `?`. */
	query?: string;
	/** Of this form, where it is not the path and an ending. */
	self?: string;
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

/** A page in another form: JSON, a feed, or citations. Another spelling of its address leads to the one it has. */
export async function inForm(form: string, page: Papers): Promise<Response> {
	const { url, path, self = `${path}.${form}` } = page;
	if (url.pathname !== self) redirect(308, self + url.search);
	return new Response(await bodyOf(form, page), {
		headers: { 'content-type': TYPES[form] ?? 'text/plain', 'access-control-allow-origin': '*' }
	});
}

/** One page of a list in another form. */
export function listInForm(form: string, { list, ...page }: Omit<Papers, 'papers' | 'json'> & { list: PaperListPage }) {
	return inForm(form, { ...page, papers: list.papers, json: () => paperListJson(list, page.url.origin) });
}

async function bodyOf(form: string, page: Papers): Promise<string> {
	if (form === 'json') return JSON.stringify(page.json(), null, '\t');
	if (form === 'atom') return feedOf(page);
	const cited = (await withAllAuthors(page.db, page.papers)).map(citedPaper);
	if (form === 'bib') return bibtexOfAll(cited);
	if (form === 'ris') return risOfAll(cited);
	return JSON.stringify(cited.map(cslJsonOf), null, '\t');
}

function feedOf({ title, path, query = '', self = `${path}.atom`, url: { origin }, papers }: Papers): string {
	return atomFeed({
		id: origin + path + query,
		title: `Broadsheet: ${title}`,
		updated: latest(papers.map((paper) => paper.changed_at)),
		self: origin + self + query,
		alternate: origin + path + query,
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
