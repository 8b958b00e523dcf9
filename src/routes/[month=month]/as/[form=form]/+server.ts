import { daysOfMonth, existingMonth } from '#server/editions/month.ts';
import { spanJson } from '#server/editions/edition-json.ts';
import { spanPage } from '#server/editions/span-page.ts';
import { monthAndYear } from '#ui/dates.ts';
import { inForm } from '../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const month = existingMonth(params.month);
	const page = await spanPage(db, { days: daysOfMonth(month), papersPerDay: 3 });
	return inForm(params.form, {
		title: monthAndYear(month),
		path: `/${month}`,
		db,
		url,
		papers: page.days.flatMap((day) => day.papers),
		json: () => spanJson(month, page, url.origin)
	});
}
