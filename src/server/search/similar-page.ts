import type { Db } from '#server/db/database.ts';
import { listedPapers, type ListedPaper } from '#server/papers/listed-papers.ts';
import { similarTo } from './similar.ts';

/** A paper that is near to others, and why. */
export interface SimilarPaper {
	paper: ListedPaper;
	why: string;
}

/** What is near to papers, as a page of its own shows it. */
export interface SimilarPage {
	asked: ListedPaper[];
	/** Keys of papers that are not here. */
	absent: string[];
	found: SimilarPaper[];
}

const SHOWN = 20;

/** The papers that are near to all of these, by their keys. */
export async function similarPage(db: Db, keys: readonly string[]): Promise<SimilarPage> {
	const asked = keys.length === 0 ? [] : await listedPapers(db).where('paper.key', 'in', keys).execute();
	const ids = asked.map(({ id }) => id);
	const here = new Set(asked.map(({ key }) => key));
	return {
		asked: asked.toSorted((one, other) => keys.indexOf(one.key) - keys.indexOf(other.key)),
		absent: keys.filter((key) => !here.has(key)),
		found: ids.length === 0 ? [] : await similarTo(db, ids, { limit: SHOWN })
	};
}
