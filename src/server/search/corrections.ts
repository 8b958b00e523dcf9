import type { Db } from '#server/db/database.ts';
import { folded, isStopWord } from '#server/text/words.ts';
import { knownAmong, rareAmong } from './corrections/known-words.ts';
import { type NearWord, oneSlipAway, withSameBeginning, withSameLetters } from './corrections/near-words.ts';
import { typingCost } from './corrections/typing-cost.ts';

/** More words are not corrected: a query has no more terms. */
const MOST_WORDS = 32;
const SHOWN = 5;

/**
 * For each word that no paper has: those that were probably meant, the best first. A word that some paper has, in its text or
 * in a name, is as it was meant, and is not among the keys; nor is one to which nothing is near.
 */
export async function correctionsFor(db: Db, words: readonly string[]): Promise<Map<string, string[]>> {
	const asked = new Map([...new Set(words)].slice(0, MOST_WORDS).map((word) => [word, folded(word)]));
	const correctable = [...new Set(asked.values())].filter(isCorrectable);
	const known = await knownAmong(db, correctable);
	const unknown = correctable.filter((word) => !known.has(word));
	const corrections = await nearestKnown(db, unknown);
	return new Map(
		[...asked].flatMap(([word, spelled]) => {
			const nearest = corrections.get(spelled) ?? [];
			return nearest.length > 0 ? [[word, nearest] as const] : [];
		})
	);
}

/** Each way of looking is asked for those words alone for which the ones before found nothing, since it is slower. */
async function nearestKnown(db: Db, words: readonly string[]): Promise<Map<string, string[]>> {
	const found = new Map<string, string[]>();
	let missing = [...words];
	for (const look of [oneSlipAway, withSameBeginning, withSameLetters]) {
		const near = await look(db, missing);
		for (const word of missing) found.set(word, nearestTo(word, near));
		missing = missing.filter((word) => found.get(word)!.length === 0);
	}
	return found;
}

/** How many more papers a word must have to be offered in place of one that some have. */
const SURELY_MEANT = 200;

/**
 * For each word that hardly any paper has, another that is one slip away and that so many more have: papers have slips too.
 * The word still counts as it was typed.
 */
export async function likelierThan(db: Db, words: readonly string[]): Promise<Map<string, string>> {
	const rare = await rareAmong(db, [...new Set(words)].filter(isCorrectable).slice(0, MOST_WORDS));
	const near = rare.size > 0 ? await oneSlipAway(db, [...rare.keys()]) : [];
	return new Map(
		[...rare].flatMap(([word, papers]) => {
			const [best] = nearestTo(
				word,
				near.filter((other) => other.papers >= papers * SURELY_MEANT)
			);
			return best ? [[word, best] as const] : [];
		})
	);
}

/** An identifier is no word: beside each one there are others, which mean something else. */
function isCorrectable(word: string) {
	return word.length >= 3 && word.length <= 40 && /^\p{L}+$/u.test(word) && !isStopWord(word);
}

function nearestTo(typed: string, near: readonly NearWord[]): string[] {
	const papers = new Map<string, number>();
	for (const { word, papers: having } of near) papers.set(word, Math.max(papers.get(word) ?? 0, having));
	return [...papers]
		.map(([word, having]) => ({ word, score: likelihood(typed, word, having) }))
		.filter(({ score }) => score > -Infinity)
		.sort((one, other) => other.score - one.score || one.word.localeCompare(other.word))
		.slice(0, SHOWN)
		.map(({ word }) => word);
}

/** How many papers a word of three letters needs to be taken for another: most words of three letters are near to many. */
const FAR_MORE = 100;

/** A slip weighs as much as a word that is e^8 = 3,000 times as common, its exchange of two letters as one 100 times as common. */
const SLIP = 8;

/** How probable it is that `word` was meant: a logarithm, as if by how often it is written and how rarely one slips so. */
function likelihood(typed: string, word: string, papers: number) {
	if (papers < (typed.length < 4 ? FAR_MORE : 1)) return -Infinity;
	return Math.log(papers) - SLIP * typingCost(typed, word, mostSlips(typed));
}

function mostSlips({ length }: string) {
	if (length < 6) return 1.4;
	return length < 12 ? 2 : 2.8;
}
