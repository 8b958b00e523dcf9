import { isStopWord, stemOf } from '#server/text/words.ts';
import type { Field } from '../query/tree.ts';
import type { Term } from '../query/terms.ts';
import type { Corpus } from '../rank.ts';
import type { Weights } from './weights.ts';

/** A word to look for. */
export interface AskedWord {
	/** Its number among `stems`. */
	stem: number;
	/** As it stands in a name. */
	folded: string;
	field: Field;
	/** How much it says: its rarity, times how it was asked for, times how often. */
	worth: number;
}

export interface AskedWords {
	/** Each once. */
	stems: string[];
	/** How rare each of `stems` is. */
	rarity: number[];
	words: AskedWord[];
	/** Neighbours in the query, as numbers of stems. */
	pairs: [number, number][];
}

type Kind = 'plain' | 'joined' | 'part' | 'neighbours';

/** BM25's weight of a word that `papersWith` of all papers have. */
export function rarityOf(papersWith: number, papers: number): number {
	const all = Math.max(papers, papersWith, 1);
	return Math.log(1 + (all - papersWith + 0.5) / (papersWith + 0.5));
}

/** The words to rank by. Stop words say nothing here. */
export function askedWords(
	{ terms, phrases }: { terms: readonly Term[]; phrases: readonly (readonly string[])[] },
	corpus: Pick<Corpus, 'papers' | 'papersWith'>,
	weights: Weights
): AskedWords {
	const asked: AskedWords = { stems: [], rarity: [], words: [], pairs: [] };
	const add = adderTo(asked, corpus, {
		plain: 1,
		joined: weights.joined,
		part: weights.part,
		neighbours: weights.neighbours
	});
	let last: Asked | null = null;
	for (const term of terms) {
		const plain = term.words
			.filter(({ word }) => !isStopWord(word))
			.map(({ word, stem }) => ({ word, stem, field: term.field }));
		addTerm({ ...term, plain }, add);
		for (const [at, word] of plain.entries()) {
			if (last?.field === term.field) addPair(asked, last.stem, word.stem);
			// Within a term they are in `joined`.
			if (last?.field === term.field && at === 0) addTogether(last, word, add, corpus);
			last = word;
		}
	}
	addPhrases(asked, phrases);
	return asked;
}

interface Asked {
	word: string;
	stem: string;
	field: Field;
}

function addTerm({ field, plain, joined, parts }: Term & { plain: readonly Asked[] }, add: Add) {
	for (const { word, stem } of plain) add(word, stem, field, 'plain');
	for (const word of joined) add(word, stemOf(word), field, 'joined');
	for (const word of parts) add(word, stemOf(word), field, 'part');
}

type Add = (word: string, stem: string, field: Field, kind: Kind) => void;

/** Adds a word, or to its worth where it is asked for again. */
function adderTo(asked: AskedWords, corpus: Pick<Corpus, 'papers' | 'papersWith'>, shares: Record<Kind, number>): Add {
	return (word, stem, field, kind) => {
		let number = asked.stems.indexOf(stem);
		if (number < 0) {
			number = asked.stems.push(stem) - 1;
			asked.rarity.push(rarityOf(corpus.papersWith(stem), corpus.papers));
		}
		const worth = asked.rarity[number]! * shares[kind];
		const known = asked.words.find((other) => other.stem === number && other.field === field);
		if (known) known.worth += worth;
		else asked.words.push({ stem: number, folded: word, field, worth });
	};
}

/** `pre training` also looks for `pretraining`, if some paper has it. */
function addTogether(first: Asked, second: Asked, add: Add, corpus: Pick<Corpus, 'papersWith'>) {
	const together = first.word + second.word;
	const stem = stemOf(together);
	if (corpus.papersWith(stem) > 0) add(together, stem, first.field, 'neighbours');
}

function addPhrases(asked: AskedWords, phrases: readonly (readonly string[])[]) {
	for (const phrase of phrases) {
		const stems = phrase.filter((word) => !isStopWord(word)).map(stemOf);
		for (let at = 1; at < stems.length; at++) addPair(asked, stems[at - 1]!, stems[at]!);
	}
}

function addPair(asked: AskedWords, first: string, second: string) {
	const [a, b] = [asked.stems.indexOf(first), asked.stems.indexOf(second)];
	if (a < 0 || b < 0 || a === b || asked.pairs.some(([left, right]) => left === a && right === b)) return;
	asked.pairs.push([a, b]);
}
