import { redirect } from '@sveltejs/kit';
import { editionDayAt } from '#server/editions/day.ts';
import { latestEditionDay } from '#server/editions/editions.ts';
import { monthOf } from '#server/editions/month.ts';

/** The month of the latest edition. */
export async function GET({ locals: { db, now } }) {
	const today = editionDayAt(now);
	redirect(307, `/${monthOf((await latestEditionDay(db, today)) ?? today)}`);
}
