import { Refused } from '#server/refused.ts';
import { CATEGORY_NAMES } from './category-names.ts';

const CANONICAL = new Map(Object.keys(CATEGORY_NAMES).map((id) => [id.toLowerCase(), id]));

/** A category by its id, however it is capitalised. `name` is null for one that arXiv's taxonomy lacks. Refuses what is none. */
export function categoryNamed(spelling: string): { id: string; name: string | null } {
	const id = CANONICAL.get(spelling.toLowerCase());
	if (id) return { id, name: CATEGORY_NAMES[id] ?? null };
	if (/^[A-Za-z][A-Za-z-]{1,30}(\.[A-Za-z-]{2,12})?$/.test(spelling)) return { id: spelling, name: null };
	throw new Refused('not_found', 'That is not a category. One looks like cs.CV or hep-th.');
}
