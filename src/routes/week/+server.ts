import { redirect } from '@sveltejs/kit';
import { editionDayAt } from '#server/editions/day.ts';
import { latestEditionDay } from '#server/editions/editions.ts';
import { weekOf } from '#server/editions/week.ts';

/** The week of the latest edition. */
export async function GET({ locals: { db, now } }) {
	const today = editionDayAt(now);
	redirect(307, `/${weekOf((await latestEditionDay(db, today)) ?? today)}`);
}
