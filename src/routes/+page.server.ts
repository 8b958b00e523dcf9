import { RenderedHere } from '../rendered-here.ts';
import { editionFilterFrom } from '#server/editions/edition-filter.ts';
import { editionPage } from '#server/editions/edition-page.ts';
import { editionToShow } from '#server/editions/editions.ts';

export async function load({ locals: { db, now }, url }) {
	const day = await editionToShow(db, now);
	const filter = editionFilterFrom(url.searchParams);
	return { page: new RenderedHere(await editionPage(db, { day, filter, now })) };
}
