import type { Db } from '#server/db/database.ts';
import { allEditions } from './editions.ts';

/** The addresses of every edition, and of the pages that lead to them, from the root. */
export async function editionAddresses(db: Db): Promise<string[]> {
	return ['/', '/archive', '/about', ...(await allEditions(db)).map(({ day }) => `/${day}`)];
}
