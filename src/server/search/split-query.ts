import type { Tree } from './query/tree.ts';
import { allOf } from './query/tree.ts';

/**
 * A query in two: what each result must have, and the words of which some may be missing. Only plain words may: who writes
 * quotes, a field or an exclusion means it.
 */
export function splitQuery(tree: Tree | null): { must: Tree | null; may: Tree[] } {
	const parts = tree?.kind === 'and' ? tree.parts : tree ? [tree] : [];
	return { must: allOf(parts.filter((part) => !isOfWords(part))), may: parts.filter(isOfWords) };
}

function isOfWords(tree: Tree): boolean {
	if (tree.kind === 'or') return tree.parts.every(isOfWords);
	return tree.kind === 'word' && tree.field === 'any';
}
