import { redirect } from '@sveltejs/kit';
import { pageFrom } from '#server/papers/page-number.ts';
import { categoryNamed } from '#server/papers/categories.ts';
import { papersOf } from '#server/papers/papers.ts';
import { RenderedHere } from '../../../rendered-here.ts';

export async function load({ locals: { db }, params, url }) {
	const category = await categoryNamed(db, params.category);
	if (category.id !== params.category) redirect(308, `/categories/${category.id}${url.search}`);
	return {
		category,
		list: new RenderedHere(await papersOf(db, { category: category.id }, pageFrom(url.searchParams)))
	};
}
