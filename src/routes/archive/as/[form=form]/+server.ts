import { error } from '@sveltejs/kit';
import { editionsBetween } from '#server/editions/editions.ts';

/** Every edition with its counts; of the archive there is no other form than JSON. */
export async function GET({ locals: { db }, params }) {
	if (params.form !== 'json') error(404);
	return Response.json({ editions: await editionsBetween(db, '1980-01-01', '9999-12-31') });
}
