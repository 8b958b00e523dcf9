import type { Alphabet } from './alphabets.ts';
import type { Cursor } from './cursor.ts';
import { isOneSymbol } from './scripts.ts';

/** Reads a text that stands inside a formula, as in \text{if $x$ is odd}. */
export type TextReader = (source: string) => string;

/** A row of mathematics being read: a formula, or a group in one. */
export interface Row extends Cursor {
	depth: number;
	text: TextReader;
	reading: Reading;
}

/** How the parts of a row are read; commands call it for their arguments. */
export interface Reading {
	row(row: Row, end: '}' | ']' | null): string;
	group(row: Row, alphabet: Alphabet | null): string;
	argument(row: Row): [text: string, braced: boolean];
	command(row: Row, before: string): Command;
	script(row: Row, kind: '^' | '_'): string;
}

/** What a command comes to. */
export interface Command {
	shown: string;
	/** The white space before it goes: \right, and the thin spaces before a stop. */
	trims?: boolean;
	/** All of the row so far stands over all that follows. */
	over?: boolean;
	/** The letters that follow are of this alphabet. */
	alphabet?: Alphabet;
}

/** A named function, which is parted from the letters beside it once they are known. */
export function named(word: string, isScripted = false): string {
	return BEFORE + word + (isScripted ? '' : BEHIND);
}

const [BEFORE, BEHIND] = ['\ue001', '\ue002'];

/** Folds white space, and parts a named function from letters beside it and from nothing else: log n, but log(n). */
export function tidy(text: string): string {
	return text
		.replace(/(?<=[\p{L}\p{N}\p{M}⁰-₎)\]}])\ue001/gu, ' ')
		.replace(/\ue002\s*(?=[\p{L}\p{N}√|‖\\\ue001])/gu, ' ')
		.replace(/\ue002\s*(?=[({[])|[\ue001\ue002]/g, '')
		.replace(/\s+/g, ' ')
		.trim()
		.normalize('NFC');
}

/** What has no plain form is shown as its source. */
export function sourceFrom(row: Row, start: number): string {
	return row.source.slice(start, row.at).replace(/\s+/g, ' ');
}

/** a/b, with parentheses round what is more than one symbol. */
export function fraction(over: string, under: string): string {
	return `${enclosed(over)}/${enclosed(under)}`;
}

/** A text in parentheses, unless it is one symbol. */
export function enclosed(text: string): string {
	const shown = tidy(text);
	return isOneSymbol(shown) ? shown : `(${shown})`;
}
