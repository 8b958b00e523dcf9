import { sectionsOf } from '#server/papers/paper-words.ts';
import type { Vocabulary } from '../rank/vocabulary.ts';

/** The word of the papers that is meant by a stem: the one they write most. */
export function spellingsIn(texts: readonly string[], vocabulary: Vocabulary): (number: number) => string {
	const times = new Map<string, number>();
	for (const text of texts) {
		const { title, abstract } = sectionsOf(text);
		for (const word of [...title, ...abstract]) times.set(word, (times.get(word) ?? 0) + 1);
	}
	const spellings = new Map<number, string>();
	for (const [word, count] of times) {
		const number = vocabulary.numberOf(word);
		const known = spellings.get(number);
		if (known === undefined || count > times.get(known)!) spellings.set(number, word);
	}
	return (number) => spellings.get(number) ?? vocabulary.stems[number]!;
}
