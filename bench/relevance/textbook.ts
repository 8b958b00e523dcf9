import { stemmer } from 'stemmer';
import type { TestDocument } from './test-set.ts';

/** Those of Lucene's English analyser. */
const STOP_WORDS = new Set(
	`a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will
	with`.split(/\s+/)
);
const K1 = 0.9;
const B = 0.4;

/**
 * BM25 as the textbook has it (Robertson and Zaragoza 2009), so that ours has a neighbour computed on the same documents: title and
 * text as one field, 33 stop words, Porter stems, k1 = .9, b = .4, and Lucene's idf, which is never below 0. Gives a function from a
 * question to the ids of the documents, best first; of equals the earlier document.
 */
export function textbookOf(documents: readonly TestDocument[]) {
	const postings = new Map<string, { at: number; times: number }[]>();
	const lengths = documents.map(({ title, text }, at) => {
		const stems = stemsOf(`${title} ${text}`);
		for (const [stem, times] of countsOf(stems)) {
			const found = postings.get(stem);
			if (found) found.push({ at, times });
			else postings.set(stem, [{ at, times }]);
		}
		return stems.length;
	});
	const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
	return (question: string): string[] => {
		const scores = new Map<number, number>();
		for (const stem of stemsOf(question)) {
			const found = postings.get(stem) ?? [];
			const idf = Math.log(1 + (documents.length - found.length + 0.5) / (found.length + 0.5));
			for (const { at, times } of found) {
				const dampened = times / (times + K1 * (1 - B + (B * lengths[at]!) / average));
				scores.set(at, (scores.get(at) ?? 0) + idf * dampened);
			}
		}
		const order = [...scores].toSorted(([one, high], [other, low]) => low - high || one - other);
		return order.map(([at]) => documents[at]!.id);
	};
}

/** Whether a word says so little that the textbook leaves it out. */
export function isCommon(word: string) {
	return STOP_WORDS.has(word.toLowerCase());
}

function stemsOf(text: string) {
	const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
	return words.filter((word) => !STOP_WORDS.has(word)).map(stemmer);
}

function countsOf(stems: readonly string[]) {
	const counts = new Map<string, number>();
	for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
	return counts;
}
