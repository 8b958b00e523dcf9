import { sectionsOf } from '#server/papers/paper-words.ts';

/** A paper's words as numbers of a vocabulary, in order, without stop words. */
export interface Reading {
	title: Int32Array;
	abstract: Int32Array;
	titleCompounds: Int32Array;
	abstractCompounds: Int32Array;
	/** Folded, not stemmed. */
	authors: ReadonlySet<string>;
}

export function read(words: string, numberOf: (word: string) => number): Reading {
	const sections = sectionsOf(words);
	return {
		title: numbersOf(sections.title, numberOf),
		abstract: numbersOf(sections.abstract, numberOf),
		titleCompounds: numbersOf(sections.titleCompounds, numberOf),
		abstractCompounds: numbersOf(sections.abstractCompounds, numberOf),
		authors: new Set(sections.authors)
	};
}

function numbersOf(words: readonly string[], numberOf: (word: string) => number) {
	const numbers = new Int32Array(words.length);
	let length = 0;
	for (const word of words) {
		const number = numberOf(word);
		if (number >= 0) numbers[length++] = number;
	}
	return numbers.subarray(0, length);
}
