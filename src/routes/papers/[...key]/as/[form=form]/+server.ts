import { paperJson } from '#server/papers/paper-json.ts';
import { paperAt } from '#server/papers/papers.ts';
import { inForm } from '../../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const { paper, path } = await paperAt(db, params.key);
	return inForm(params.form, {
		title: paper.title,
		path,
		db,
		url,
		papers: [{ ...paper, authors: paper.people.map(({ name }) => name) }],
		json: () => paperJson(paper, url.origin)
	});
}
