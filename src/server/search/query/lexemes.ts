import { isStopWord, plainWords, stemOf, type Word, wordsIn } from '#server/text/words.ts';
import { quoted } from '../lexeme.ts';
import { MOST_VERSIONS } from './ranges.ts';
import type { Field, Leaf } from './tree.ts';

/** Text for `::tsquery`. */
type Query = string;

type TextField = Exclude<Field, 'author'>;

/** No paper has it. */
const NOTHING: Query = quoted('?');

export function all(queries: readonly Query[]): Query {
	const each = [...new Set(queries)];
	return each.length === 1 ? each[0]! : `(${each.join(' & ')})`;
}

export function any(queries: readonly Query[]): Query {
	if (queries.length === 0) return NOTHING;
	return queries.length === 1 ? queries[0]! : `(${[...new Set(queries)].join(' | ')})`;
}

export function not(query: Query): Query {
	return `!${query}`;
}

/**
 * A word in a field. A compound is there as one word or with all its words: `k-means` is kmeans, or k and means; `MaskNet`
 * is masknet, or mask and net. In any field it stands wholly in the text or wholly among the names.
 */
export function wordQuery(field: Field, text: string): Query {
	const words = wordsIn(text);
	if (field === 'author') return any(nameQuery(words, nameOrInitial));
	if (field !== 'any') return any(textQuery(field, words));
	return any([...textQuery(field, words), ...nameQuery(words, nameLexeme)]);
}

/** The one word that two neighbours make: `pre training` is also pretraining. Null where one is a compound itself. */
export function joinedQuery(field: Field, first: string, second: string): Query | null {
	const [one, other] = [onlyWord(first), onlyWord(second)];
	return one && other && field !== 'author' ? lexeme(field, stemOf(one + other)) : null;
}

/** What a paper with the phrase surely has; null where stop words are all there is. */
export function phraseQuery(field: Field, text: string): Query | null {
	const plain = plainWords(text);
	const inNames = all(plain.map(({ word }) => nameLexeme(word)));
	if (field === 'author') return inNames;
	const inText = plain.filter(({ word }) => !isStopWord(word)).map(({ stem }) => lexeme(field, stem));
	if (inText.length === 0) return null;
	return field === 'any' ? any([all(inText), inNames]) : all(inText);
}

export function attributeQuery(leaf: Extract<Leaf, { kind: 'attribute' }>): Query {
	const prefix = { category: 'c:', has: 'has:', licence: 'l:', organisation: 'o:', id: '?' }[leaf.name];
	return quoted(prefix + leaf.value.toLowerCase());
}

export function yearQuery(from: string | null, to: string | null): Query {
	return any(prefixesOf(Number(from ?? 1000), Number(to ?? 9999)).map((digits) => beginning(`y:${digits}`)));
}

/** Only a version after the first has a lexeme. */
export function versionQuery(from: string | null, to: string | null): Query {
	const [least, most] = [Number(from ?? 1), to === null ? null : Number(to)];
	if (least > 1 && most !== null) return any(versions(least, most));
	const above = laterThan(least - 1);
	return most === null ? above : not(laterThan(most));
}

/** All versions later than one; all papers are of a version later than none. */
function laterThan(version: number): Query {
	const later = beginning('v:');
	if (version === 0) return any([later, not(later)]);
	return version === 1 ? later : all([later, not(any(versions(2, version)))]);
}

function versions(from: number, to: number): Query[] {
	return Array.from({ length: Math.min(to, MOST_VERSIONS) - from + 1 }, (_, at) => quoted(`v:${from + at}`));
}

function nameQuery(words: readonly Word[], queryOf: (name: string) => Query): Query[] {
	const plain = words.filter(({ kind }) => kind === 'plain');
	const joined = words.filter(({ kind }) => kind === 'joined').map(({ word }) => nameLexeme(word));
	const names = plain.map(({ word }) => queryOf(word));
	return [...joined, ...(names.length > 0 ? [all(names)] : [])];
}

/** Of an initial, every name that begins so, which has a lexeme of its own: to look through all beginnings takes 50 ms. */
function nameOrInitial(name: string): Query {
	return name.length === 1 ? quoted(`i:${name}`) : nameLexeme(name);
}

function nameLexeme(name: string): Query {
	return quoted(`a:${name}`);
}

function textQuery(field: TextField, words: readonly Word[]): Query[] {
	const plain = words.filter(({ kind }) => kind === 'plain');
	const telling = plain.filter(({ word }) => !isStopWord(word));
	const joined = words.filter(({ kind }) => kind === 'joined').map(({ stem }) => lexeme(field, stem));
	// `in-context` is not any paper with a context.
	const isEnough = plain.length === 1 || joined.length === 0 || new Set(telling.map(({ stem }) => stem)).size > 1;
	if (telling.length === 0 || !isEnough) return joined;
	return [...joined, all(telling.map((word) => runQuery(field, word, words)))];
}

/** A run of letters and digits, or its pieces: resnet50, or resnet and 50, or res, net and 50. */
function runQuery(field: TextField, run: Word, words: readonly Word[]): Query {
	const pieces = words.filter(({ kind, start, end }) => kind === 'part' && start >= run.start && end <= run.end);
	const coarse = pieces.filter((piece) => !pieces.some((other) => contains(other, piece)));
	const fine = pieces.filter((piece) => !pieces.some((other) => contains(piece, other)));
	return any([lexeme(field, run.stem), ...piecesQuery(field, coarse), ...piecesQuery(field, fine)]);
}

function piecesQuery(field: TextField, pieces: readonly Word[]): Query[] {
	if (pieces.length === 0 || pieces.some(({ word }) => isStopWord(word))) return [];
	return [all(pieces.map(({ stem }) => lexeme(field, stem)))];
}

function contains(whole: Word, piece: Word) {
	return whole !== piece && whole.start <= piece.start && whole.end >= piece.end;
}

function onlyWord(text: string): string | null {
	const [word, ...others] = wordsIn(text).filter(({ kind }) => kind !== 'part');
	return word && others.length === 0 ? word.word : null;
}

function lexeme(field: TextField, stem: string): Query {
	if (field === 'title') return quoted(`t:${stem}`);
	return field === 'abstract' ? all([quoted(stem), not(quoted(`n:${stem}`))]) : quoted(stem);
}

function beginning(prefix: string): Query {
	return `${quoted(prefix)}:*`;
}

/** The fewest beginnings that numbers of four digits from one to another have: 1998 to 2010 are 1998, 1999, 200 and 2010. */
function prefixesOf(from: number, to: number): string[] {
	const prefixes: string[] = [];
	for (let at = from; at <= to;) {
		const size = [1000, 100, 10, 1].find((size) => at % size === 0 && at + size - 1 <= to)!;
		prefixes.push(String(at / size));
		at += size;
	}
	return prefixes;
}
