import { redirect } from '@sveltejs/kit';
import { editionToShow } from '#server/editions/editions.ts';
import { weekOf } from '#server/editions/week.ts';

/** The week of the latest edition. */
export async function GET({ locals: { db, now } }) {
	redirect(307, `/${weekOf(await editionToShow(db, now))}`);
}
