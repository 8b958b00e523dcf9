import type { Vocabulary } from './vocabulary.ts';

/** A paper's words as numbers of a vocabulary, in order, without stop words. */
export interface Reading {
	title: Int32Array;
	abstract: Int32Array;
	titleCompounds: Int32Array;
	abstractCompounds: Int32Array;
	/** Folded, with a space before and after each. */
	authors: string;
}

/** Sections of a row of `paper_words` whose words are numbered; that of the authors is behind them. */
const NUMBERED = 4;
const SPACE = 32;
const BAR = 124;

/** Reads a row's words as `sectionsOf` does, but without making a string of each. */
export function read(words: string, vocabulary: Vocabulary): Reading {
	const numbers = new Int32Array(words.length >> 1);
	const ends: number[] = [];
	let length = 0;
	let start = 0;
	for (let at = 0; at < words.length && ends.length < NUMBERED; at++) {
		if (words.charCodeAt(at) === BAR) ends.push(length);
		else if (words.charCodeAt(at) === SPACE) {
			if (at > start && words.charCodeAt(start) !== BAR) {
				const number = vocabulary.numberAt(words, start, at);
				if (number >= 0) numbers[length++] = number;
			}
			start = at + 1;
		}
	}
	const [title = length, abstract = length, titleCompounds = length, abstractCompounds = length] = ends;
	return {
		title: numbers.subarray(0, title),
		abstract: numbers.subarray(title, abstract),
		titleCompounds: numbers.subarray(abstract, titleCompounds),
		abstractCompounds: numbers.subarray(titleCompounds, abstractCompounds),
		authors: words.slice(words.lastIndexOf('|') + 1)
	};
}
