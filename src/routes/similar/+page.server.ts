import { idsFrom } from '#server/search/search-address.ts';
import { similarPage } from '#server/search/similar-page.ts';
import { RenderedHere } from '../../rendered-here.ts';

export async function load({ locals: { db }, url }) {
	const { keys, unread } = idsFrom(url.searchParams);
	return { keys, unread, page: new RenderedHere(await similarPage(db, keys)) };
}
