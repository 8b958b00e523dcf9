import { type RawBuilder, sql } from 'kysely';
import { conditionOf } from './query/conditions.ts';
import type { Tree } from './query/tree.ts';

/** Of a query that only leaves papers out, the newest are looked at: to go through all takes seconds. */
const NEWEST = 1_000;

export interface Wanted {
	/** Null: all papers. */
	condition: RawBuilder<boolean> | null;
	/** False where only the newest papers are looked at. */
	isOverAll: boolean;
}

/** What a query asks of a paper's words. `isNarrowed`: something else says what each result must have. */
export function wantedBy(tree: Tree | null, { isNarrowed }: { isNarrowed: boolean }): Wanted {
	if (!tree) return { condition: null, isOverAll: true };
	if (isNarrowed || needsSomething(tree)) return { condition: conditionOf(tree), isOverAll: true };
	// `is true`, so that the index is not gone through for what lacks a word.
	const condition = sql<boolean>`(${conditionOf(tree)} is true and paper_words.paper_id = any(array(
		select paper_id from paper_words order by day desc nulls last, paper_id desc limit ${sql.lit(NEWEST)}
	)))`;
	return { condition, isOverAll: false };
}

/** Whether each result must have something that an index leads to. */
function needsSomething(tree: Tree): boolean {
	if (tree.kind === 'and') return tree.parts.some(needsSomething);
	if (tree.kind === 'or') return tree.parts.every(needsSomething);
	if (tree.kind === 'not') return false;
	// A version is the first where no later one is known.
	return !(tree.kind === 'range' && tree.name === 'version' && (tree.from === null || tree.from === '1'));
}
