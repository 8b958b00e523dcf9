import { rarityOf } from './asked-words.ts';
import type { Reading } from './reading.ts';
import type { Weights } from './weights.ts';

/** Words that the best papers share beyond those asked for: number in the vocabulary → weight, all together 1. */
export type SharedWords = ReadonlyMap<number, number>;

/** In how many of the candidates each word of the vocabulary is: what sets the best apart from the rest of them. */
export function candidatesWith(readings: readonly Reading[], words: number): Int32Array {
	const papers = new Int32Array(words);
	const seenIn = new Int32Array(words).fill(-1);
	for (const [at, { title, abstract }] of readings.entries()) {
		for (const numbers of [title, abstract]) {
			for (const number of numbers) {
				if (seenIn[number] !== at) papers[number]! += 1;
				seenIn[number] = at;
			}
		}
	}
	return papers;
}

/**
 * What the papers that rank first have in common (a relevance model, Lavrenko and Croft, SIGIR 2001): each word's share of each of
 * them, by the paper's score and the word's rarity among the candidates. A word of one paper alone says nothing of the others
 * and stays out, as do the `asked` first words of the vocabulary.
 */
export function sharedWords(
	best: readonly { reading: Reading; score: number }[],
	{ papersWith, candidates, asked }: { papersWith: Int32Array; candidates: number; asked: number },
	weights: Weights
): SharedWords {
	const shares = new Map<number, { share: number; papers: number }>();
	for (const { reading, score } of best) {
		const length = Math.max(1, reading.title.length + reading.abstract.length);
		for (const [number, times] of timesOf(reading)) {
			const { share, papers } = shares.get(number) ?? { share: 0, papers: 0 };
			shares.set(number, { share: share + (score * times) / length, papers: papers + 1 });
		}
	}
	const worth = [...shares]
		.filter(([number, { papers }]) => number >= asked && papers > 1)
		.map(([number, { share }]) => [number, share * rarityOf(papersWith[number]!, candidates)] as const)
		.filter(([, weight]) => weight > 0)
		.sort(([, a], [, b]) => b - a)
		.slice(0, weights.feedbackWords);
	const all = worth.reduce((sum, [, weight]) => sum + weight, 0);
	return new Map(worth.map(([number, weight]) => [number, weight / all]));
}

/** From 0 to 1: how much of the shared words a paper has. */
export function sharedScore(
	{ title, abstract }: Reading,
	shared: SharedWords,
	averageAbstract: number,
	weights: Weights
): number {
	const times = new Map<number, number>();
	const count = (number: number, weight: number) => {
		if (shared.has(number)) times.set(number, (times.get(number) ?? 0) + weight);
	};
	for (const number of title) count(number, weights.title);
	for (const number of abstract) count(number, 1);
	const length = 1 + weights.abstractLength * (abstract.length / Math.max(averageAbstract, 1) - 1);
	let score = 0;
	for (const [number, often] of times) score += shared.get(number)! * (often / (often + weights.saturation * length));
	return score;
}

function timesOf({ title, abstract }: Reading) {
	const times = new Map<number, number>();
	for (const numbers of [title, abstract])
		for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
	return times;
}
