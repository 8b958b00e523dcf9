import { escapeHtml } from '#server/text/escape.ts';
import type { MarkedText } from './search-page.ts';

/** A run of a stored text that is marked up alike. */
interface Piece {
	/** As it is read; a formula is one character. */
	text: string;
	/** The MathML that stands there, whole. */
	formula: string | null;
	/** The elements that are open around it, as they were opened. */
	tags: readonly string[];
}

/** From one offset to before another. */
export interface Stretch {
	start: number;
	end: number;
}

/** Stands for a formula: no letter, so that no word begins or ends in one. */
const FORMULA = '\ufffc';
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** Reads a stored text, so that it can be cut and marked without breaking an element. */
export function piecesOf({ text, html }: MarkedText): Piece[] {
	if (html === null) return [{ text, formula: null, tags: [] }];
	const pieces: Piece[] = [];
	const open: string[] = [];
	for (const [part] of html.matchAll(/<math\b[\s\S]*?<\/math>|<[^>]*>|[^<]+/g)) {
		if (part.startsWith('<math')) pieces.push({ text: FORMULA, formula: part, tags: [...open] });
		else if (part.startsWith('</')) open.pop();
		else if (part.startsWith('<')) open.push(part);
		else pieces.push({ text: unescaped(part), formula: null, tags: [...open] });
	}
	return pieces;
}

/** What is read in the pieces; offsets of stretches are into this. */
export function textOf(pieces: readonly Piece[]): string {
	return pieces.map(({ text }) => text).join('');
}

/** A stretch of the pieces with marks in it. Marks are in order and do not overlap; none is set on a formula. */
export function printed(pieces: readonly Piece[], stretch: Stretch, marks: readonly Stretch[]): MarkedText {
	let [text, html, at] = ['', '', 0];
	for (const piece of pieces) {
		const start = Math.max(stretch.start, at);
		const end = Math.min(stretch.end, at + piece.text.length);
		if (start < end) {
			text += piece.formula === null ? piece.text.slice(start - at, end - at) : wordsOf(piece.formula);
			html += tagged(piece, piece.formula ?? markedUp(piece.text, at, { start, end }, marks));
		}
		at += piece.text.length;
	}
	return { text, html: html === escapeHtml(text) ? null : html };
}

function markedUp(text: string, at: number, { start, end }: Stretch, marks: readonly Stretch[]) {
	let html = '';
	let done = start;
	const print = (from: number, to: number) => escapeHtml(text.slice(from - at, to - at));
	for (const mark of marks) {
		const [from, to] = [Math.max(mark.start, start), Math.min(mark.end, end)];
		if (from >= to) continue;
		html += `${print(done, from)}<mark>${print(from, to)}</mark>`;
		done = to;
	}
	return html + print(done, end);
}

function tagged({ tags }: Piece, html: string) {
	const closing = tags.map((tag) => `</${/^<(\w+)/.exec(tag)![1]}>`).toReversed();
	return tags.join('') + html + closing.join('');
}

/** A formula in letters, as far as it has some. */
function wordsOf(formula: string) {
	return unescaped(formula.replace(/<annotation\b[\s\S]*?<\/annotation>|<[^>]*>/g, '')).trim();
}

function unescaped(html: string) {
	return html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!);
}
