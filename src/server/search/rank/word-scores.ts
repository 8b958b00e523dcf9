import type { Corpus } from '../rank.ts';
import type { AskedWord, AskedWords } from './asked-words.ts';
import { type Findings, SECTIONS } from './findings.ts';
import type { Weights } from './weights.ts';

/** What the words alone say of a paper. */
export interface WordScore {
	/** Each signal's share of the score. */
	parts: { words: number; adjacent: number; title: number };
	/** None of what was asked for is there. */
	hasNone: boolean;
}

/** BM25F (Robertson, Zaragoza and Taylor, CIKM 2004) of words and pairs, and how much of the title was asked for. */
export function wordScore(findings: Findings, asked: AskedWords, corpus: Corpus, weights: Weights): WordScore {
	const lengths = lengthsOf(findings, corpus, weights);
	const frequencies = asked.words.map((word, place) => frequency(word, place, findings, lengths, weights));
	const words = sumOf(asked.words, ({ worth }, place) => worth * saturated(frequencies[place]!, weights));
	return {
		parts: {
			words,
			adjacent: weights.adjacent * pairScore(findings, asked, lengths, weights),
			title: weights.titleShare * findings.titleShare ** 2 * sumOf(asked.words, ({ worth }) => worth)
		},
		hasNone: frequencies.every((times) => times === 0)
	};
}

/** By what a count in a section is divided, because longer texts have more of everything. */
function lengthsOf({ titleLength, abstractLength }: Findings, corpus: Corpus, weights: Weights) {
	return {
		title: 1 + weights.titleLength * (titleLength / Math.max(corpus.averageTitle, 1) - 1),
		abstract: 1 + weights.abstractLength * (abstractLength / Math.max(corpus.averageAbstract, 1) - 1)
	};
}

type Lengths = ReturnType<typeof lengthsOf>;

/** How often a word is there, counted by where. */
function frequency(word: AskedWord, place: number, { counts, inNames }: Findings, lengths: Lengths, weights: Weights) {
	const at = word.stem * SECTIONS;
	let times = 0;
	if (word.field === 'any' || word.field === 'title')
		times += (weights.title * (counts[at]! + weights.compound * counts[at + 2]!)) / lengths.title;
	if (word.field === 'any' || word.field === 'abstract')
		times += (counts[at + 1]! + weights.compound * counts[at + 3]!) / lengths.abstract;
	if (word.field === 'any' || word.field === 'author') times += weights.author * inNames[place]!;
	return times;
}

function saturated(frequency: number, { saturation }: Weights) {
	return (frequency * (saturation + 1)) / (frequency + saturation);
}

function pairScore({ adjacent }: Findings, { pairs, rarity }: AskedWords, lengths: Lengths, weights: Weights) {
	return sumOf(pairs, ([first, second], pair) => {
		const times = (weights.title * adjacent[pair * 2]!) / lengths.title + adjacent[pair * 2 + 1]! / lengths.abstract;
		return ((rarity[first]! + rarity[second]!) / 2) * saturated(times, weights);
	});
}

function sumOf<Item>(items: readonly Item[], value: (item: Item, at: number) => number) {
	let sum = 0;
	for (let at = 0; at < items.length; at++) sum += value(items[at]!, at);
	return sum;
}
