import { rarityOf } from '../rank/asked-words.ts';
import { type Tally, worthOf } from './word-tally.ts';

/** What papers are about, by the numbers of stems. */
export interface Profile {
	/** How much each stem says of them; of length 1 as a vector. */
	weights: ReadonlyMap<number, number>;
	/** How rare each of these stems is. */
	rarity: ReadonlyMap<number, number>;
	/** How rare a stem is that these papers do not have: nobody knows, so as rare as theirs are on the whole. */
	usualRarity: number;
}

/** A word of a smaller share of all papers is a name or a slip, and tells no more than one of so many. */
const FEWEST_SHARE = 1 / 500;

/** The papers' own vectors of words by number and rarity, each of length 1, added up. */
export function profileOf(
	tallies: readonly Tally[],
	corpus: { papers: number; papersWith(number: number): number }
): Profile {
	const rarity = new Map<number, number>();
	const fewest = corpus.papers * FEWEST_SHARE;
	for (const number of new Set(tallies.flatMap((tally) => [...tally.keys()])))
		rarity.set(number, rarityOf(Math.max(corpus.papersWith(number), fewest), corpus.papers));
	const weights = new Map<number, number>();
	for (const tally of tallies) {
		const worths = [...tally].map(([number, times]) => [number, worthOf(times) * rarity.get(number)!] as const);
		const length = lengthOf(worths.map(([, worth]) => worth));
		for (const [number, worth] of worths) weights.set(number, (weights.get(number) ?? 0) + worth / length);
	}
	const whole = lengthOf([...weights.values()]);
	for (const [number, weight] of weights) weights.set(number, weight / whole);
	return { weights, rarity, usualRarity: lengthOf([...rarity.values()]) / Math.sqrt(rarity.size || 1) };
}

/** How near a paper is, by the cosine of the two vectors: 1 has the same words as often. What both have comes first for most. */
export function nearness(tally: Tally, { weights, rarity, usualRarity }: Profile) {
	const shared: { number: number; part: number }[] = [];
	let square = 0;
	for (const [number, times] of tally) {
		const worth = worthOf(times) * (rarity.get(number) ?? usualRarity);
		square += worth ** 2;
		const weight = weights.get(number);
		if (weight) shared.push({ number, part: weight * worth });
	}
	const length = Math.sqrt(square) || 1;
	return {
		cosine: shared.reduce((sum, { part }) => sum + part, 0) / length,
		shared: shared.sort((one, other) => other.part - one.part).map(({ number }) => number)
	};
}

function lengthOf(values: readonly number[]) {
	return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0)) || 1;
}
