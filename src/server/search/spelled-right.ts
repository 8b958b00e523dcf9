import type { Db } from '#server/db/database.ts';
import { wordsIn } from '#server/text/words.ts';
import { correctionsFor, likelierThan } from './corrections.ts';
import { printQuery } from './query/print.ts';
import { termsOf } from './query/terms.ts';
import type { Leaf, Tree } from './query/tree.ts';
import type { Correction } from './search-page.ts';

interface Spelled {
	tree: Tree | null;
	correction: Correction | null;
	/** The words that stand for others. */
	respelled: string[];
}

export function asTyped(tree: Tree | null): Spelled {
	return { tree, correction: null, respelled: [] };
}

/**
 * A query with the words that no paper has read as those that were probably meant. What stands in quotation marks is meant
 * as it stands.
 */
export async function spelledRight(db: Db, tree: Tree | null): Promise<Spelled> {
	const nearest = await correctionsFor(db, wordsOf(tree));
	const better = new Map([...nearest].flatMap(([word, [best]]) => (best ? [[word, best] as const] : [])));
	const changed: string[] = [];
	const right = tree && rewritten(tree, (leaf) => corrected(leaf, better, changed));
	if (!tree || changed.length === 0) return asTyped(tree);
	return {
		tree: right,
		correction: {
			from: changed.join(', '),
			to: changed.map((text) => better.get(onlyWord(text)!)!).join(', '),
			q: printQuery(right)
		},
		respelled: changed.map((text) => better.get(onlyWord(text)!)!)
	};
}

/** The query that was perhaps meant, where a word is so rare that it may be a slip. */
export async function perhapsMeant(db: Db, tree: Tree | null): Promise<string | null> {
	const likelier = await likelierThan(db, wordsOf(tree));
	return tree && likelier.size > 0 ? printQuery(rewritten(tree, (leaf) => corrected(leaf, likelier, []))) : null;
}

function wordsOf(tree: Tree | null): string[] {
	return termsOf(tree).flatMap(({ words }) => words.map(({ word }) => word));
}

/** Notes in `changed` what it corrects. */
function corrected(leaf: Leaf, better: ReadonlyMap<string, string>, changed: string[]): Leaf {
	if (leaf.kind !== 'word') return leaf;
	const word = onlyWord(leaf.text);
	const best = word === null ? undefined : better.get(word);
	if (best === undefined) return leaf;
	if (!changed.includes(leaf.text)) changed.push(leaf.text);
	return { ...leaf, text: best };
}

/** Of a text that is one word and no compound: that word. */
function onlyWord(text: string): string | null {
	const [word, ...others] = wordsIn(text);
	return word && others.length === 0 ? word.word : null;
}

function rewritten(tree: Tree, leaf: (leaf: Leaf) => Leaf): Tree {
	if (tree.kind === 'not') return { ...tree, part: rewritten(tree.part, leaf) };
	if (tree.kind === 'and' || tree.kind === 'or')
		return { ...tree, parts: tree.parts.map((part) => rewritten(part, leaf)) };
	return leaf(tree);
}
