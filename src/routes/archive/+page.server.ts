import { archiveOf } from '#server/editions/archive.ts';

export async function load({ locals: { db } }) {
	return { years: await archiveOf(db) };
}
