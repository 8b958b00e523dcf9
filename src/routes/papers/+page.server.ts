import { redirect } from '@sveltejs/kit';
import { searchFrom } from '#server/search/search-address.ts';
import { searchPapers } from '#server/search/search-papers.ts';
import { RenderedHere } from '../../rendered-here.ts';

export async function load({ locals: { db }, url }) {
	const search = searchFrom(url.searchParams);
	const page = await searchPapers(db, search);
	// Not for good: another paper may be found by these words tomorrow.
	if (page.goTo) redirect(307, page.goTo);
	return { search, page: new RenderedHere(page) };
}
