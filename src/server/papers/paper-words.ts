import { isStopWord, type Word, WORDS_VERSION, wordsIn } from '#server/text/words.ts';
import { type Attributed, attributesOf, lexemesOfAttributes } from './paper-attributes.ts';

/** What a paper is found by. */
export interface Findable extends Attributed {
	/** In plain text. */
	title: string;
	abstract: string;
	authors: readonly string[];
	day: string | null;
}

/** A paper's row of `paper_words`, but for its number. */
export interface PaperWords {
	analyser: number;
	day: string | null;
	attributes: string[];
	words: string;
	lexemes: string[];
}

/**
 * The row of a paper. Its lexemes, each once: the stem of a word in title or abstract; `t:` and the stem of one in the title;
 * `n:` and the stem of one that the title has and the abstract has not, so that a word in the abstract is `stem & !n:stem`;
 * `a:` and a word of an author's name, `i:` and its first letter; and its attributes.
 */
export function paperWordsOf(paper: Findable): PaperWords {
	const [title, abstract] = [wordsIn(paper.title), wordsIn(paper.abstract)];
	const names = paper.authors.flatMap((name) => wordsIn(name)).filter(({ kind }) => kind !== 'part');
	const attributes = attributesOf(paper);
	return {
		analyser: WORDS_VERSION,
		day: paper.day,
		attributes,
		words: inSections([plain(title), plain(abstract), compounds(title), compounds(abstract), plain(names)]),
		lexemes: [...lexemesOfTexts(title, abstract), ...lexemesOfNames(names), ...lexemesOfAttributes(attributes)]
	};
}

/** The sections of `words`, of which a row keeps one text; each is in the order of its text. */
export function sectionsOf(words: string) {
	const [title = [], abstract = [], titleCompounds = [], abstractCompounds = [], authors = []] = words
		.split('|')
		.map((section) => section.split(' ').filter((word) => word !== ''));
	return { title, abstract, titleCompounds, abstractCompounds, authors };
}

/** No word has a bar in it; a space before and after each lets a phrase be looked for as ` one two `. */
function inSections(sections: readonly string[][]) {
	const tokens = sections.flatMap((words, place) => (place === 0 ? words : ['|', ...words]));
	return ` ${tokens.join(' ')} `;
}

const plain = (words: readonly Word[]) => wordsOfKind(words, (kind) => kind === 'plain');
const compounds = (words: readonly Word[]) => wordsOfKind(words, (kind) => kind !== 'plain');

function wordsOfKind(words: readonly Word[], isWanted: (kind: Word['kind']) => boolean) {
	return words.flatMap(({ word, kind }) => (isWanted(kind) ? word : []));
}

function lexemesOfTexts(title: readonly Word[], abstract: readonly Word[]) {
	const [inTitle, inAbstract] = [stemsOf(title), stemsOf(abstract)];
	return [
		...inTitle.union(inAbstract),
		...[...inTitle].map((stem) => `t:${stem}`),
		...[...inTitle.difference(inAbstract)].map((stem) => `n:${stem}`)
	];
}

function lexemesOfNames(names: readonly Word[]) {
	return [...new Set(names.flatMap(({ word }) => [`a:${word}`, `i:${[...word][0]!}`]))];
}

function stemsOf(words: readonly Word[]) {
	return new Set(words.flatMap(({ word, stem }) => (isStopWord(word) ? [] : stem)));
}
