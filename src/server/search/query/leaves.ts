import { isStopWord, plainWords, wordsIn } from '#server/text/words.ts';
import { papersNamed } from './papers-named.ts';
import { printQuery } from './print.ts';
import { type FieldName, isOperator, type Token } from './tokens.ts';
import { allOf, anyOf, type Field, type Leaf, MOST_TERMS, type Tree } from './tree.ts';
import { valueOf } from './values.ts';

/** What a query is found to be as it is read. */
export interface Reading {
	/** How many words and conditions count so far. */
	terms: number;
	/** What came after the last that counts. */
	ignored: string[];
	/** What was not understood. */
	odd: string[];
	/** Stop words, and phrases of nothing else. */
	stopped: string[];
	stoppedPhrases: string[];
	isUnbalanced: boolean;
}

type Text = Extract<Token, { kind: 'text' }>;

export function newReading(): Reading {
	return { terms: 0, ignored: [], odd: [], stopped: [], stoppedPhrases: [], isUnbalanced: false };
}

/** What a piece of the query asks for; null where nothing can be asked for by it. `scope` is the field of its parentheses. */
export function leafOf(reading: Reading, token: Text, scope: FieldName): Tree | null {
	const field = token.field ?? scope;
	const text = token.isQuoted ? token.text : token.text.replace(/[,;]+$/, '');
	if (isForText(field)) return token.isQuoted ? quotedLeaf(reading, field, text) : plainLeaf(reading, field, text);
	const leaf = valueOf(field, text);
	return leaf ? taken(reading, leaf) : oddLeaf(reading, token.typed);
}

/** What was not understood, as words. */
export function oddLeaf(reading: Reading, typed: string): Tree | null {
	reading.odd.push(typed);
	return wordsLeaf(reading, 'any', typed);
}

/** Several papers: any of them. */
export function idsLeaf(reading: Reading, keys: readonly string[]): Tree | null {
	return anyOf(keys.flatMap((value) => taken(reading, { kind: 'attribute', name: 'id', value }) ?? []));
}

function isForText(field: FieldName): field is Field {
	return field === 'any' || field === 'title' || field === 'abstract' || field === 'author';
}

function plainLeaf(reading: Reading, field: Field, text: string): Tree | null {
	const keys = field === 'any' ? keysIn(text) : [];
	if (keys.length > 0) return idsLeaf(reading, keys);
	if (field !== 'author' || !text.includes('_')) return wordsLeaf(reading, field, text);
	// arXiv's way: del_maestro is a surname in two words, bengio_y one and an initial.
	const name = text.replaceAll('_', ' ');
	const isSurname = plainWords(name).every(({ word }) => word.length > 1);
	return isSurname ? phraseLeaf(reading, field, name) : wordsLeaf(reading, field, name);
}

function quotedLeaf(reading: Reading, field: Field, text: string): Tree | null {
	const keys = field === 'any' ? keysIn(text) : [];
	if (keys.length > 0) return idsLeaf(reading, keys);
	return phraseLeaf(reading, field, field === 'author' ? text.replace(/^([^,]+),([^,]+)$/, '$2 $1') : text);
}

function phraseLeaf(reading: Reading, field: Field, typed: string): Tree | null {
	const words = plainWords(typed);
	const kept = words.slice(0, MOST_TERMS - reading.terms);
	reading.ignored.push(...words.slice(kept.length).map(({ start, end }) => typed.slice(start, end)));
	if (kept.length === 0) return null;
	const text = typed.slice(kept[0]!.start, kept.at(-1)!.end);
	const keys = field === 'any' ? keysIn(text) : [];
	if (keys.length > 0) return idsLeaf(reading, keys);
	if (field !== 'author' && kept.every(({ word }) => isStopWord(word))) {
		reading.stoppedPhrases.push(text);
		return null;
	}
	return taken(reading, { kind: 'phrase', field, text }, kept.length);
}

function wordsLeaf(reading: Reading, field: Field, text: string): Tree | null {
	return allOf(piecesOf(text).flatMap((piece) => wordLeaf(reading, field, piece) ?? []));
}

function wordLeaf(reading: Reading, field: Field, piece: string): Tree | null {
	const keys = field === 'any' ? keysIn(piece) : [];
	if (keys.length > 0) return idsLeaf(reading, keys);
	const [word, another] = plainWords(piece);
	if (field !== 'author' && word && !another && isStopWord(word.word)) {
		reading.stopped.push(piece);
		return null;
	}
	return taken(reading, { kind: 'word', field, text: isOperator(piece) ? piece.toLowerCase() : piece });
}

/** Words that stand alone, and compounds whole. */
function piecesOf(text: string): string[] {
	const pieces: { start: number; end: number }[] = [];
	for (const { start, end } of wordsIn(text)) {
		const last = pieces.at(-1);
		if (last && start < last.end) last.end = Math.max(last.end, end);
		else pieces.push({ start, end });
	}
	return pieces.map(({ start, end }) => text.slice(start, end));
}

function keysIn(text: string): string[] {
	return papersNamed(text).map(({ key }) => key);
}

function taken(reading: Reading, leaf: Leaf, terms = 1): Leaf | null {
	if (reading.terms + terms > MOST_TERMS) {
		reading.ignored.push(printQuery(leaf));
		return null;
	}
	reading.terms += terms;
	return leaf;
}
