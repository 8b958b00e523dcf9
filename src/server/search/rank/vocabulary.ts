import { isStopWord, stemOf } from '#server/text/words.ts';
import { hashTable } from './hash-table.ts';

/** The stems of one ranking, numbered as they come. */
export interface Vocabulary {
	stems: string[];
	/** The number of a word's stem; -1 for a stop word. */
	numberOf: (word: string) => number;
	/** The same of the word that stands there in a text. */
	numberAt(text: string, start: number, end: number): number;
}

/** The first stems have the first numbers. */
export function newVocabulary(first: readonly string[]): Vocabulary {
	const stems = [...first];
	const numbers = new Map(stems.map((stem, number) => [stem, number]));
	const numberOf = (word: string) => {
		if (isStopWord(word)) return -1;
		const stem = stemOf(word);
		let number = numbers.get(stem);
		if (number === undefined) {
			number = stems.push(stem) - 1;
			numbers.set(stem, number);
		}
		return number;
	};
	return { stems, numberOf, numberAt: hashTable(numberOf) };
}
