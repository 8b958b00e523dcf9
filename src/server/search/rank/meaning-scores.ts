import { addRow, directionOf, likeness, ofLengthOne, type WordVectors } from '../meaning/word-vectors.ts';
import type { AskedWords } from './asked-words.ts';
import type { Reading } from './reading.ts';

/** How near each paper's text is to the query in meaning: from 0 to what the query's words with a vector are worth. */
export function meaningScores(
	readings: readonly Reading[],
	asked: AskedWords,
	{ stems, vectors }: { stems: readonly string[]; vectors: WordVectors }
): number[] {
	const query = queryDirection(asked, vectors);
	const worth = knownWorth(asked, vectors);
	const rows = Int32Array.from(stems, (stem) => vectors.rowOf(stem) ?? -1);
	const times = new Uint16Array(stems.length);
	return readings.map(
		(reading) => worth * Math.max(0, likeness(query, textDirection(reading, { rows, times, vectors })))
	);
}

/** By how each word was asked for; its rarity is in its vector. A name means nothing. */
export function queryDirection({ words, stems, rarity }: AskedWords, vectors: WordVectors): Float64Array {
	const ofText = words.filter(({ field }) => field !== 'author');
	return directionOf(
		ofText.map(({ stem, worth }) => [stems[stem]!, worth / (rarity[stem]! || 1)] as const),
		vectors
	);
}

/** Without a surname, which few texts have: it would make meaning count most where it knows least. */
function knownWorth({ words, stems }: AskedWords, vectors: WordVectors) {
	const known = words.filter(({ field, stem }) => field !== 'author' && vectors.rowOf(stems[stem]!) !== undefined);
	return known.reduce((sum, { worth }) => sum + worth, 0);
}

/** `times` is all zeros before and after. */
function textDirection(
	{ title, abstract }: Reading,
	{ rows, times, vectors }: { rows: Int32Array; times: Uint16Array; vectors: WordVectors }
) {
	const sum = new Float64Array(vectors.dimensions);
	for (const numbers of [title, abstract]) for (const number of numbers) times[number]! += 1;
	for (const numbers of [title, abstract]) {
		for (const number of numbers) {
			if (times[number]! > 0 && rows[number]! >= 0) addRow(sum, rows[number]!, 1 + Math.log(times[number]!), vectors);
			times[number] = 0;
		}
	}
	return ofLengthOne(sum);
}
