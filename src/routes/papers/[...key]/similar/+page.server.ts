import { redirect } from '@sveltejs/kit';
import { paperPath } from '#server/papers/paper-key.ts';
import { paperAt } from '#server/papers/papers.ts';
import { similarPage } from '#server/search/similar-page.ts';
import { RenderedHere } from '../../../../rendered-here.ts';

export async function load({ locals: { db }, params, url }) {
	const { paper } = await paperAt(db, params.key);
	const path = `${paperPath(paper.key)}/similar`;
	if (url.pathname !== path) redirect(308, path);
	return { path, page: new RenderedHere(await similarPage(db, [paper.key])) };
}
