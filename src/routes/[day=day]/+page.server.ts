import { RenderedHere } from '../../rendered-here.ts';
import { editionFilterFrom } from '#server/editions/edition-filter.ts';
import { editionPage } from '#server/editions/edition-page.ts';
import { existingDay } from '#server/editions/day.ts';

export async function load({ locals: { db, now }, params, url }) {
	const filter = editionFilterFrom(url.searchParams);
	return { page: new RenderedHere(await editionPage(db, { day: existingDay(params.day), filter, now })) };
}
