import { sectionsOf } from '#server/papers/paper-words.ts';
import type { Telling } from './word-tally.ts';

/** How papers write the words that a stem stands for. */
export interface Spellings {
	/** The word of the papers that is meant by a stem: the one they write most. */
	of(number: number): string;
	isInTitle(number: number): boolean;
}

export function spellingsIn(texts: readonly string[], vocabulary: Telling): Spellings {
	const times = new Map<string, number>();
	const inTitle = new Set<number>();
	for (const text of texts) {
		const { title, abstract } = sectionsOf(text);
		for (const word of [...title, ...abstract]) times.set(word, (times.get(word) ?? 0) + 1);
		for (const word of title) inTitle.add(vocabulary.numberOf(word));
	}
	const spellings = new Map<number, string>();
	for (const [word, count] of times) {
		const number = vocabulary.numberOf(word);
		const known = spellings.get(number);
		if (known === undefined || count > times.get(known)!) spellings.set(number, word);
	}
	return {
		of: (number) => spellings.get(number) ?? vocabulary.stems[number]!,
		isInTitle: (number) => inTitle.has(number)
	};
}
