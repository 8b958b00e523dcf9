import { redirect } from '@sveltejs/kit';
import { editionsOfPaper } from '#server/editions/editions.ts';
import { bibtexOf } from '#server/papers/bibtex.ts';
import { citedPaper } from '#server/papers/cited-paper.ts';
import { paperAt } from '#server/papers/papers.ts';
import { similarOf } from '#server/search/similar/kept.ts';
import { alsoHangsOn } from '../../../hangs-on.ts';
import { RenderedHere } from '../../../rendered-here.ts';

export async function load({ locals: { db }, params, platform, url }) {
	const { paper, version, path } = await paperAt(db, params.key);
	if (url.pathname !== path) redirect(308, path + url.search);
	const [editions, similar] = await Promise.all([editionsOfPaper(db, paper.id), similarOf(db, paper.id)]);
	alsoHangsOn(platform, similar?.map((near) => near.paper) ?? []);
	return {
		paper: new RenderedHere(paper),
		similar: new RenderedHere(similar),
		version,
		editions,
		bibtex: bibtexOf(citedPaper({ ...paper, authors: paper.people.map(({ name }) => name) }))
	};
}
