import { redirect } from '@sveltejs/kit';
import { editionsOfPaper } from '#server/editions/editions.ts';
import { bibtexOf } from '#server/papers/bibtex.ts';
import { citedPaper } from '#server/papers/cited-paper.ts';
import { paperAt } from '#server/papers/papers.ts';
import { RenderedHere } from '../../../rendered-here.ts';

export async function load({ locals: { db }, params, url }) {
	const { paper, version, path } = await paperAt(db, params.key);
	if (url.pathname !== path) redirect(308, path + url.search);
	return {
		paper: new RenderedHere(paper),
		version,
		editions: await editionsOfPaper(db, paper.id),
		bibtex: bibtexOf(citedPaper({ ...paper, authors: paper.people.map(({ name }) => name) }))
	};
}
