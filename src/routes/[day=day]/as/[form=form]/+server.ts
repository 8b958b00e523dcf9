import { existingDay } from '#server/editions/day.ts';
import { editionFilterFrom } from '#server/editions/edition-filter.ts';
import { editionJson } from '#server/editions/edition-json.ts';
import { editionPage } from '#server/editions/edition-page.ts';
import { longDay } from '#ui/dates.ts';
import { inForm } from '../../../in-form.ts';

export async function GET({ locals: { db, now }, params, url }) {
	const day = existingDay(params.day);
	const page = await editionPage(db, { day, filter: editionFilterFrom(url.searchParams), now });
	return inForm(params.form, {
		title: longDay(day),
		path: `/${day}`,
		db,
		url,
		papers: [...page.edition.ranked, ...page.edition.also.flatMap((group) => group.listed)],
		json: () => editionJson(page, url.origin)
	});
}
