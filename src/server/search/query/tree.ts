/** Where a word is to stand. */
export type Field = 'any' | 'title' | 'abstract' | 'author';
export type AttributeName = 'category' | 'organisation' | 'has' | 'licence' | 'id';
export type RangeName = 'year' | 'date' | 'version';

export type Leaf =
	/** One word or compound as it was typed: masked, MaskNet, k-means, β-VAE. */
	| { kind: 'word'; field: Field; text: string }
	/** Words side by side, each as it is spelled. */
	| { kind: 'phrase'; field: Field; text: string }
	| { kind: 'attribute'; name: AttributeName; value: string }
	/** Both ends belong to it; null is open. */
	| { kind: 'range'; name: RangeName; from: string | null; to: string | null };

/**
 * What a query asks for. `allOf`, `anyOf` and `notOf` keep it in one form: a list has two parts or more and none of its own
 * kind, nothing is negated twice, and all ids that must hold at once are one choice of ids.
 */
export type Tree = Leaf | { kind: 'and'; parts: Tree[] } | { kind: 'or'; parts: Tree[] } | { kind: 'not'; part: Tree };

/** At most so many words and conditions of a query count, so that a search costs what it may. It also bounds a tree's depth. */
export const MOST_TERMS = 32;

export function allOf(parts: readonly Tree[]): Tree | null {
	return listOf('and', idsTogether(flat('and', parts)));
}

export function anyOf(parts: readonly Tree[]): Tree | null {
	return listOf('or', flat('or', parts));
}

export function notOf(part: Tree): Tree {
	return part.kind === 'not' ? part.part : { kind: 'not', part };
}

/** The papers that a query names and nothing else; empty where it asks for more. */
export function idsOf(tree: Tree | null): string[] {
	const parts = tree?.kind === 'or' ? tree.parts : tree ? [tree] : [];
	return parts.every(isId) ? parts.map(({ value }) => value) : [];
}

/** Every leaf that adds papers, not those that take some away. */
export function wantedLeaves(tree: Tree | null, isWanted = true): Leaf[] {
	if (!tree) return [];
	if (tree.kind === 'not') return wantedLeaves(tree.part, !isWanted);
	if (tree.kind === 'and' || tree.kind === 'or') return tree.parts.flatMap((part) => wantedLeaves(part, isWanted));
	return isWanted ? [tree] : [];
}

function listOf(kind: 'and' | 'or', parts: Tree[]): Tree | null {
	return parts.length > 1 ? { kind, parts } : (parts[0] ?? null);
}

function flat(kind: 'and' | 'or', parts: readonly Tree[]): Tree[] {
	return parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
}

/** No paper has two ids: who writes several wants each of them. */
function idsTogether(parts: Tree[]): Tree[] {
	const ids = parts.filter(isChoiceOfIds);
	const [first] = ids;
	if (!first || ids.length === 1) return parts;
	const choice = anyOf(ids)!;
	return parts.flatMap((part) => (part === first ? [choice] : isChoiceOfIds(part) ? [] : [part]));
}

function isChoiceOfIds(tree: Tree) {
	return isId(tree) || (tree.kind === 'or' && tree.parts.every(isId));
}

function isId(tree: Tree): tree is Extract<Leaf, { kind: 'attribute' }> {
	return tree.kind === 'attribute' && tree.name === 'id';
}
