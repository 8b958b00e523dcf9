import { redirect } from '@sveltejs/kit';
import { searchFrom } from '#server/search/search-address.ts';
import { searchJson } from '#server/search/search-json.ts';
import { searchPapers } from '#server/search/search-papers.ts';
import { searchQuery } from '#ui/paths.ts';
import { searchTitle } from '#ui/search-words.ts';
import { inForm } from '../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const search = searchFrom(url.searchParams);
	const page = await searchPapers(db, search);
	if (page.goTo) redirect(307, `${page.goTo}.${params.form}`);
	return inForm(params.form, {
		title: searchTitle(search),
		path: '/papers',
		query: searchQuery(search),
		db,
		url,
		papers: page.results.map(({ paper }) => paper),
		json: () => searchJson(page, url.origin)
	});
}
