import { escapeHtml } from './escape.ts';
import { mathML } from './tex/mathml.ts';
import type { Piece } from './tex/reader.ts';
import { withoutUnseen } from './unseen.ts';

/** A text as it is stored: plain, and as HTML where that says more than the plain text. */
export interface Passage {
	text: string;
	/** Made of `math`, `em` and `a` only; null when it would equal the escaped text. */
	html: string | null;
}

const MOST_FORMULAS = 50;
const LONGEST_FORMULA = 1000;

/** Pieces with white space folded, control characters gone and ends trimmed. */
export function folded(pieces: Piece[]): Piece[] {
	const made: Piece[] = [];
	let isSpaced = true;
	for (const piece of pieces) {
		let text = clean(piece.text);
		if (isSpaced) text = text.replace(/^ /, '');
		if (text === '') continue;
		isSpaced = text.endsWith(' ');
		const last = made.at(-1);
		// A combining mark belongs to the letter before it, whatever piece that was in.
		if (last && /^\p{M}/u.test(text)) Object.assign(last, { text: last.text + text, formula: undefined });
		else made.push({ ...piece, text });
	}
	const last = made.at(-1);
	if (last) last.text = last.text.trimEnd();
	for (const piece of made) piece.text = piece.text.normalize('NFC');
	return made.filter((piece) => piece.text !== '');
}

/** Characters that are none. */
const NONE = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}]/gu;

function clean(text: string) {
	return withoutUnseen(text).replace(/\s/g, ' ').replace(NONE, '').replace(/ +/g, ' ').normalize('NFC');
}

/** Pieces as a passage, or the stretch of it between two offsets into its plain text. */
export function passageOf(pieces: Piece[], from = 0, to = Infinity): Passage {
	let [text, html, at, formulas] = ['', '', 0, 0];
	for (const [index, piece] of pieces.entries()) {
		const start = Math.max(from - at, 0);
		const end = Math.min(to - at, piece.text.length);
		at += piece.text.length;
		if (piece.formula) formulas++;
		if (start >= end) continue;
		const part = piece.text.slice(start, end);
		text += part;
		html += markedUp({ ...piece, text: part }, isGlued(pieces, index) || formulas > MOST_FORMULAS);
	}
	return { text, html: html === escapeHtml(text) ? null : html };
}

function markedUp(piece: Piece, isPlain: boolean) {
	const made = (piece.formula && !isPlain && formulaHtml(piece)) || escapeHtml(piece.text);
	const emphasised = piece.emphasis && /\S/.test(piece.text) ? `<em>${made}</em>` : made;
	return piece.href ? `<a href="${escapeHtml(piece.href)}" rel="nofollow noopener">${emphasised}</a>` : emphasised;
}

/** A lone Greek letter that is part of a word, as in μm or ΛCDM, is a letter of the word. */
function isGlued(pieces: Piece[], index: number) {
	const { formula, text } = pieces[index]!;
	if (!formula || !/^\p{Script=Greek}$/u.test(text)) return false;
	return /[A-Za-z]$/.test(pieces[index - 1]?.text ?? '') || /^[A-Za-z]/.test(pieces[index + 1]?.text ?? '');
}

function formulaHtml({ formula, text }: Piece) {
	if (!formula || formula.tex.length > LONGEST_FORMULA || readsTheSame(text, formula.tex)) return null;
	return mathML(formula);
}

const OF_WORDS =
	/^(?:\\(?:text[a-zA-Z]*|emph|mbox|mathrm|mathsf|mathtt|rm)(?![a-zA-Z]) ?)+(?:\{[^{}\\$^_]*\}|[^{}\\$^_]*)$/;

/** Numbers, per cents, signs and their scripts, and words in type of their own, read the same in plain Unicode. */
function readsTheSame(text: string, tex: string) {
	if (tex.includes('\\begin')) return false;
	if (!/[\p{L}√∑∫∏{}^_\\∂∇]/u.test(text.replace(/[ⁿⁱ]/gu, 'x'))) return true;
	return OF_WORDS.test(tex.replace(/\s+/g, ' ').trim());
}
