import { isStopWord, plainWords, type Word, wordsIn } from '#server/text/words.ts';
import { type Field, type Leaf, type Tree, wantedLeaves } from './tree.ts';

/** A word to rank by, of those that a paper should have. */
export interface Term {
	field: Field;
	/** As it was typed. */
	text: string;
	/** Its plain words: k and means of k-means. */
	words: Word[];
	/** The compound as one word: kmeans. */
	joined: string[];
	/** Of what a word is put together: mask and net of MaskNet. */
	parts: string[];
}

/** The words to rank by, in order; those of a phrase one by one. */
export function termsOf(tree: Tree | null): Term[] {
	return wantedLeaves(tree).flatMap((leaf) => {
		if (leaf.kind === 'word') return termOf(leaf.field, leaf.text);
		return leaf.kind === 'phrase' ? phraseTerms(leaf) : [];
	});
}

/** The phrases to rank by, as folded words. */
export function phrasesOf(tree: Tree | null): string[][] {
	return wantedLeaves(tree).flatMap((leaf) =>
		leaf.kind === 'phrase' ? [plainWords(leaf.text).map(({ word }) => word)] : []
	);
}

function termOf(field: Field, text: string): Term {
	const words = wordsIn(text);
	const of = (wanted: Word['kind']) => words.filter(({ kind }) => kind === wanted);
	const [joined, parts] = [of('joined').map(({ word }) => word), of('part').map(({ word }) => word)];
	return { field, text, words: of('plain'), joined, parts };
}

function phraseTerms({ field, text }: Extract<Leaf, { kind: 'phrase' }>): Term[] {
	return plainWords(text)
		.filter(({ word }) => field === 'author' || !isStopWord(word))
		.map((word) => ({ field, text: text.slice(word.start, word.end), words: [word], joined: [], parts: [] }));
}
