import { paperPath } from '#server/papers/paper-key.ts';
import { paperAt } from '#server/papers/papers.ts';
import { similarJson } from '#server/search/search-json.ts';
import { similarPage } from '#server/search/similar-page.ts';
import { inForm } from '../../../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const { paper } = await paperAt(db, params.key);
	const page = await similarPage(db, [paper.key]);
	return inForm(params.form, {
		title: `Papers similar to ${paper.title}`,
		path: `${paperPath(paper.key)}/similar`,
		db,
		url,
		papers: page.found.map((near) => near.paper),
		json: () => similarJson(page, url.origin)
	});
}
