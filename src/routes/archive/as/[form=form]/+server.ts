import { allEditions } from '#server/editions/editions.ts';
import { Refused } from '#server/refused.ts';

/** Every edition with its counts; of the archive there is no other form than JSON. */
export async function GET({ locals: { db }, params }) {
	if (params.form !== 'json') throw new Refused('not_found', 'The archive is had as JSON: /archive.json.');
	return Response.json({ editions: await allEditions(db) });
}
