import { idsFrom } from '#server/search/search-address.ts';
import { similarJson } from '#server/search/search-json.ts';
import { similarPage } from '#server/search/similar-page.ts';
import { similarQuery } from '#ui/paths.ts';
import { inForm } from '../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const { keys } = idsFrom(url.searchParams);
	const page = await similarPage(db, keys);
	return inForm(params.form, {
		title: `Papers similar to ${keys.join(', ')}`,
		path: '/similar',
		query: similarQuery(keys),
		db,
		url,
		papers: page.found.map(({ paper }) => paper),
		json: () => similarJson(page, url.origin)
	});
}
