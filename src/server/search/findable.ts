import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { counted } from './candidates.ts';
import { both, filterCondition } from './filters.ts';
import { conditionOf, queriesOfPhrases, shareOf } from './query/conditions.ts';
import type { Tree } from './query/tree.ts';
import type { Filters } from './search-page.ts';

/** Of a query that only leaves papers out, the newest are looked at: to go through all takes seconds. */
const NEWEST = 1_000;

export interface Wanted {
	/** Null: all papers. */
	condition: RawBuilder<boolean> | null;
	/** False where only the newest papers are looked at. */
	isOverAll: boolean;
}

/** What a query and its filters ask of a row of `paper_words`. */
export function wantedBy(tree: Tree | null, filters: Filters): Wanted {
	const narrowed = filterCondition(filters);
	if (!tree || narrowed || needsSomething(tree))
		return { condition: both(tree && conditionOf(tree), narrowed), isOverAll: true };
	// `is true`, so that the index is not gone through for what lacks a word.
	const condition = sql<boolean>`(${conditionOf(tree)} is true and paper_words.paper_id = any(array(
		select paper_id from paper_words order by day desc nulls last, paper_id desc limit ${sql.lit(NEWEST)}
	)))`;
	return { condition, isOverAll: false };
}

/** Whether all papers with the words of its phrases were read for them: of very common words there are more than are read. */
export async function readsAll(db: Db, tree: Tree | null): Promise<boolean> {
	const most = tree ? shareOf(tree) : 0;
	for (const query of tree ? queriesOfPhrases(tree) : []) {
		const condition = query === null ? null : sql<boolean>`lexemes @@ ${query}::tsquery`;
		if (!(await counted(db, condition, most)).isExact) return false;
	}
	return true;
}

/** Whether each result must have something that an index leads to. */
function needsSomething(tree: Tree): boolean {
	if (tree.kind === 'and') return tree.parts.some(needsSomething);
	if (tree.kind === 'or') return tree.parts.every(needsSomething);
	if (tree.kind === 'not') return false;
	// A version is the first where no later one is known.
	return !(tree.kind === 'range' && tree.name === 'version' && (tree.from === null || tree.from === '1'));
}
