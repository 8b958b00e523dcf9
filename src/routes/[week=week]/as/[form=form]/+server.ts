import { daysOfWeek, existingWeek } from '#server/editions/week.ts';
import { spanJson } from '#server/editions/edition-json.ts';
import { spanPage } from '#server/editions/span-page.ts';
import { weekAndYear } from '#ui/dates.ts';
import { inForm } from '../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const week = existingWeek(params.week);
	const page = await spanPage(db, { days: daysOfWeek(week), papersPerDay: 10 });
	return inForm(params.form, {
		title: weekAndYear(week),
		path: `/${week}`,
		db,
		url,
		papers: page.days.flatMap((day) => day.papers),
		json: () => spanJson(week, page, url.origin)
	});
}
