import { RenderedHere } from '../../rendered-here.ts';
import { daysOfMonth, existingMonth, monthAfter, monthBefore } from '#server/editions/month.ts';
import { spanPage } from '#server/editions/span-page.ts';

export async function load({ locals: { db }, params }) {
	const month = existingMonth(params.month);
	return {
		month,
		before: monthBefore(month),
		after: monthAfter(month),
		page: new RenderedHere(await spanPage(db, { days: daysOfMonth(month), papersPerDay: 3 }))
	};
}
