import { redirect } from '@sveltejs/kit';
import { editionToShow } from '#server/editions/editions.ts';
import { monthOf } from '#server/editions/month.ts';

/** The month of the latest edition. */
export async function GET({ locals: { db, now } }) {
	redirect(307, `/${monthOf(await editionToShow(db, now))}`);
}
