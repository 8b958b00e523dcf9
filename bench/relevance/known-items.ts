import type { Db } from '#server/db/database.ts';
import { namePartsOf } from '#server/papers/name-parts.ts';
import { sentencesOf } from '#server/text/sentences.ts';
import { type Chance, chanceOf, oneOf, shuffled } from './chance.ts';
import { papersIn } from './papers-in.ts';
import { isCommon } from './textbook.ts';

const SEED = 5;

/** A paper that somebody half remembers, and how they ask for it. */
export interface KnownItem {
	id: number;
	key: string;
	asked: {
		/** Five words of its title in another order. */
		a: string;
		/** Its title with two typing errors. */
		b: string;
		/** The surname of one of its authors, and two words of its title. */
		c: string;
		/** The sentence of its abstract that shares the fewest words with the title; of several the first. */
		d: string;
	};
}

export const KINDS = ['a', 'b', 'c', 'd'] as const;

/**
 * As many papers as are wanted, drawn out of all by a fixed seed, whatever their numbers. Those are passed over that cannot be asked
 * for so: under five different words of three letters in the title, or under two of five, or no author with a surname, or no sentence.
 */
export async function knownItems(db: Db, wanted: number): Promise<KnownItem[]> {
	const drawn = new Map((await drawnKeys(db)).slice(0, wanted * 4).map((key, order) => [key, order]));
	const papers: { order: number; item: KnownItem }[] = [];
	for await (const batch of papersIn(db))
		for (const paper of batch) {
			const order = drawn.get(paper.key);
			const item = order === undefined ? null : itemOf(paper, chanceOf(SEED + order));
			if (item) papers.push({ order: order!, item });
		}
	const inOrder = papers.toSorted((one, other) => one.order - other.order);
	return inOrder.slice(0, wanted).map(({ item }) => item);
}

/** By key and not by number, so that two databases with the same papers ask the same. */
async function drawnKeys(db: Db) {
	const rows = await db.selectFrom('paper').select('key').execute();
	return shuffled(chanceOf(SEED), rows.map(({ key }) => key).sort());
}

interface Paper {
	id: number;
	key: string;
	title: string;
	abstract: string;
	names: string[];
}

function itemOf({ id, key, title, abstract, names }: Paper, chance: Chance): KnownItem | null {
	const words = [...new Set(wordsIn(title).filter((word) => word.length >= 3 && !isCommon(word)))];
	const surnames = names.flatMap((name) => surnameIn(name) ?? []);
	const sentence = strangestSentence(title, abstract);
	const mistyped = withTwoErrors(title, chance);
	if (words.length < 5 || surnames.length === 0 || !sentence || !mistyped) return null;
	const [first, second] = shuffled(chance, words) as [string, string];
	const asked = {
		a: inOtherOrder(words, chance).join(' '),
		b: mistyped,
		c: `${oneOf(chance, surnames)} ${first} ${second}`,
		d: sentence
	};
	return { id, key, asked };
}

const wordsIn = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Five of the words, the first of which stands behind the second in the title. */
function inOtherOrder(words: readonly string[], chance: Chance) {
	const five = shuffled(chance, words).slice(0, 5);
	const [one, other] = [words.indexOf(five[0]!), words.indexOf(five[1]!)];
	return one < other ? [five[1]!, five[0]!, ...five.slice(2)] : five;
}

function surnameIn(name: string) {
	const parts = namePartsOf(name);
	return parts && 'family' in parts && parts.family.length > 1 ? parts.family : null;
}

/** Sentences of at least six words: what is shorter is a heading or the remains of a formula. */
function strangestSentence(title: string, abstract: string) {
	const known = new Set(wordsIn(title.toLowerCase()));
	const shared = (sentence: string) => new Set(wordsIn(sentence.toLowerCase()).filter((word) => known.has(word))).size;
	const sentences = sentencesOf(abstract).filter((sentence) => wordsIn(sentence).length >= 6);
	return sentences.toSorted((one, other) => shared(one) - shared(other))[0] ?? null;
}

/** One error in each of two words of five letters or more. */
function withTwoErrors(title: string, chance: Chance) {
	const places = [...title.matchAll(/\p{L}{5,}/gu)];
	if (places.length < 2) return null;
	const two = shuffled(chance, places)
		.slice(0, 2)
		.toSorted((one, other) => other.index - one.index);
	return two.reduce(
		(text, { index, 0: word }) => text.slice(0, index) + mistyped(word, chance) + text.slice(index + word.length),
		title
	);
}

/** Two letters exchanged, one left out, one typed twice, or another one typed; never the first, which people get right. */
function mistyped(word: string, chance: Chance): string {
	const at = 1 + Math.floor(chance() * (word.length - 2));
	const [before, letter, next, after] = [word.slice(0, at), word[at]!, word[at + 1]!, word.slice(at + 2)];
	const typed = oneOf(chance, [
		before + next + letter + after,
		before + next + after,
		before + letter + letter + next + after,
		before + oneOf(chance, [...'aeinorst']) + next + after
	]);
	return typed === word ? mistyped(word, chance) : typed;
}
