import { RenderedHere } from '../rendered-here.ts';
import { editionDayAt } from '#server/editions/day.ts';
import { editionFilterFrom } from '#server/editions/edition-filter.ts';
import { editionPage } from '#server/editions/edition-page.ts';
import { latestEditionDay } from '#server/editions/editions.ts';

export async function load({ locals: { db, now }, url }) {
	const today = editionDayAt(now);
	const day = (await latestEditionDay(db, today)) ?? today;
	const filter = editionFilterFrom(url.searchParams);
	return { page: new RenderedHere(await editionPage(db, { day, filter, now })) };
}
