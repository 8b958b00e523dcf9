import { RenderedHere } from '../../rendered-here.ts';
import { spanPage } from '#server/editions/span-page.ts';
import { daysOfWeek, existingWeek, weekAfter, weekBefore } from '#server/editions/week.ts';

export async function load({ locals: { db }, params }) {
	const week = existingWeek(params.week);
	return {
		week,
		before: weekBefore(week),
		after: weekAfter(week),
		page: new RenderedHere(await spanPage(db, { days: daysOfWeek(week), papersPerDay: 10 }))
	};
}
