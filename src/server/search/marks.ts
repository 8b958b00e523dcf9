import { wordsIn } from '#server/text/words.ts';
import { piecesOf, printed, textOf, type Stretch } from './pieces.ts';
import type { MarkedText } from './search-page.ts';

/** A place in a text where a word that was asked for stands. */
export interface Match extends Stretch {
	stem: string;
}

/** A stored text with the words of these stems marked; nothing inside a formula is. One without any is given back as it is. */
export function marked(passage: MarkedText, stems: ReadonlySet<string>): MarkedText {
	const pieces = piecesOf(passage);
	const text = textOf(pieces);
	const marks = marksIn(text, matchesIn(text, stems));
	if (marks.length === 0) return passage;
	return { text: passage.text, html: printed(pieces, { start: 0, end: text.length }, marks).html };
}

/** What is marked of a text: words that stand side by side are one mark. */
export function marksIn(text: string, matches: readonly Match[]): Stretch[] {
	const marks: Stretch[] = [];
	for (const { start, end } of withoutOverlaps(matches)) {
		const last = marks.at(-1);
		if (last && /^[ -]$/.test(text.slice(last.end, start))) last.end = end;
		else marks.push({ start, end });
	}
	return marks;
}

/** Where words of these stems stand, in order. One that is part of a word counts as the whole word: net in MaskNet. */
export function matchesIn(text: string, stems: ReadonlySet<string>): Match[] {
	if (stems.size === 0) return [];
	const words = wordsIn(text);
	const runs = words.filter(({ kind }) => kind === 'plain');
	const matches: Match[] = [];
	let at = 0;
	for (const word of words) {
		if (!stems.has(word.stem)) continue;
		while (runs[at + 1] && runs[at + 1]!.start <= word.start) at++;
		const { start, end } = word.kind === 'part' ? runs[at]! : word;
		matches.push({ start, end, stem: word.stem });
	}
	return matches.toSorted((one, other) => one.start - other.start || one.end - other.end);
}

/** Stretches in order that overlap or touch, as one. */
export function withoutOverlaps(stretches: readonly Stretch[]): Stretch[] {
	const apart: Stretch[] = [];
	for (const { start, end } of stretches) {
		const last = apart.at(-1);
		if (last && start <= last.end) last.end = Math.max(last.end, end);
		else apart.push({ start, end });
	}
	return apart;
}
