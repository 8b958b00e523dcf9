import { redirect } from '@sveltejs/kit';
import { pageFrom } from '#server/papers/page-number.ts';
import { authorNamed, papersOf } from '#server/papers/papers.ts';
import { RenderedHere } from '../../../rendered-here.ts';

export async function load({ locals: { db }, params, url }) {
	const author = await authorNamed(db, params.name);
	if (author.path !== url.pathname) redirect(308, author.path + url.search);
	return { author, list: new RenderedHere(await papersOf(db, { nameKey: author.key }, pageFrom(url.searchParams))) };
}
