import type { Cursor } from './cursor.ts';
import type { Formula } from './dollars.ts';
import { script } from './scripts.ts';

/** A stretch of a passage: its plain text, and the formula, emphasis or link it is. */
export interface Piece {
	text: string;
	formula?: Formula;
	emphasis?: boolean;
	href?: string;
}

/** Running text being read: where the reader is, what it has made, and what holds for the group it is in. */
export interface Reader extends Cursor {
	pieces: Piece[];
	formulas: Map<number, Formula>;
	/** For each brace that has its partner, where that is. */
	partners: Map<number, number>;
	/** Whether a tag has its partner anywhere, asked once for each tag. */
	pairedTags: Map<string, boolean>;
	/** Brackets that only enclosed a label. */
	skip: Set<number>;
	style: Style;
	outer: Style[];
	openQuotes: number;
}

interface Style {
	emphasis: boolean;
	href?: string;
	/** What is written when the group closes. */
	ending?: string;
	/** Raised or lowered, from this piece on. */
	script?: { kind: '^' | '_'; from: number };
}

/** Writes text in the style of the group; text of one style makes one piece. */
export function write(reader: Reader, text: string): void {
	if (text === '') return;
	const { emphasis, href } = reader.style;
	const last = reader.pieces.at(-1);
	if (last && !last.formula && !!last.emphasis === emphasis && last.href === href) last.text += text;
	else reader.pieces.push(piece(reader, text));
}

export function writeFormula(reader: Reader, text: string, formula: Formula): void {
	if (text !== '') reader.pieces.push({ ...piece(reader, text), formula });
}

/** Writes an address that leads where it says; one that leads elsewhere than to the web is text. */
export function writeLink(reader: Reader, address: string): void {
	const href = unescaped(address);
	if (reader.style.href || !isWebAddress(href)) write(reader, href);
	else reader.pieces.push({ ...piece(reader, href), href });
}

function piece({ style: { emphasis, href } }: Reader, text: string): Piece {
	return { text, ...(emphasis && { emphasis }), ...(href && { href }) };
}

/** An address without the backslashes and the line wraps of its source. */
export function unescaped(address: string): string {
	return address.replace(/\\([_%#&~{}])/g, '$1').replace(/\s+/g, '');
}

/** Links lead to the web only, and never hide an account in front of the host. */
export function isWebAddress(address: string): boolean {
	return /^https?:\/\/[^\s/@\\"'<>]+\.[^\s/@\\"'<>]+(\/[^\s\\"<>]*)?$/i.test(address);
}

export function openGroup(reader: Reader, style: Partial<Style> = {}): void {
	reader.outer.push(reader.style);
	reader.style = { emphasis: reader.style.emphasis, href: reader.style.href, ...style };
}

export function closeGroup(reader: Reader): void {
	const { script: form, ending } = reader.style;
	reader.style = reader.outer.pop() ?? reader.style;
	if (form) {
		const text = reader.pieces.splice(form.from).reduce((whole, part) => whole + part.text, '');
		write(reader, script(form.kind, text) ?? text);
	}
	if (ending) write(reader, ending);
}

/** Opens the group that follows, if one does, in a style. Says whether one did. */
export function openNext(reader: Reader, style: Partial<Style> = {}): boolean {
	let open = reader.at;
	while (/\s/.test(reader.source[open] ?? '')) open++;
	if (reader.source[open] !== '{' || !reader.partners.has(open)) return false;
	reader.at = open + 1;
	openGroup(reader, style);
	return true;
}

/** Opens the group that follows as a script, in a piece of its own so that closing it can take it back. */
export function openScript(reader: Reader, kind: '^' | '_'): void {
	const from = reader.pieces.push(piece(reader, '')) - 1;
	if (!openNext(reader, { script: { kind, from } })) reader.pieces.pop();
}
