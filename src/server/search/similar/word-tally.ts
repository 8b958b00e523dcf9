import { sectionsOf } from '#server/papers/paper-words.ts';
import type { Vocabulary } from '../rank/vocabulary.ts';

/** Stems, and the number of a word's; -1 of one that tells nothing. */
export type Telling = Pick<Vocabulary, 'stems' | 'numberOf'>;

/** How much a word of the title counts, in words of the abstract. */
const IN_TITLE = 2;

/** How often a paper has each stem, by the stem's number; a word in the title counts twice. */
export type Tally = Map<number, number>;

export function tallyOf(words: string, vocabulary: Telling): Tally {
	const tally: Tally = new Map();
	const { title, abstract } = sectionsOf(words);
	for (const word of title) add(tally, vocabulary.numberOf(word), IN_TITLE);
	for (const word of abstract) add(tally, vocabulary.numberOf(word), 1);
	return tally;
}

function add(tally: Tally, number: number, by: number) {
	if (number >= 0) tally.set(number, (tally.get(number) ?? 0) + by);
}

/** The second mention of a word says less than the first. */
export const worthOf = (times: number) => 1 + Math.log(times);
