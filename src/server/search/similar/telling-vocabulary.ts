import { newVocabulary } from '../rank/vocabulary.ts';
import { isOrdinary } from './ordinary-words.ts';
import type { Telling } from './word-tally.ts';

/** Stems by which papers are near or far: ordinary words have no number, as stop words have none. Each word is looked at once. */
export function tellingVocabulary(): Telling {
	const { stems, numberOf } = newVocabulary([]);
	const known = new Map<string, number>();
	return {
		stems,
		numberOf(word) {
			let number = known.get(word);
			if (number === undefined) known.set(word, (number = isOrdinary(word) ? -1 : numberOf(word)));
			return number;
		}
	};
}
