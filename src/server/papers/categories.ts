import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { CATEGORY_NAMES } from './category-names.ts';

const CANONICAL = new Map(Object.keys(CATEGORY_NAMES).map((id) => [id.toLowerCase(), id]));

/** A category as arXiv's taxonomy writes it; one that it lacks stays as it is spelled. */
export function canonicalCategory(spelling: string) {
	return CANONICAL.get(spelling.toLowerCase()) ?? spelling;
}

/**
 * A category by its id, however it is capitalised: one of arXiv's taxonomy, or one that a paper here has; then `name` is
 * null. Refuses any other.
 */
export async function categoryNamed(db: Db, spelling: string): Promise<{ id: string; name: string | null }> {
	const id = CANONICAL.get(spelling.toLowerCase());
	if (id) return { id, name: CATEGORY_NAMES[id] ?? null };
	const inIt = sql<boolean>`categories @> array[${spelling}]::text[]`;
	if (await db.selectFrom('paper').select('id').where(inIt).limit(1).executeTakeFirst())
		return { id: spelling, name: null };
	throw new Refused('not_found', 'There is no such category here. One looks like cs.CV or hep-th.');
}
