import { gistOf, trimmed } from './gist.ts';
import { escapeHtml } from './escape.ts';
import { folded, passageOf, type Passage } from './passage.ts';
import { sentenceEnds } from './sentences.ts';
import { withMacrosApplied } from './tex/macros.ts';
import { piecesOf } from './tex/prose.ts';
import type { Piece } from './tex/reader.ts';

export type { Passage } from './passage.ts';

/** Stored with every passage; raise it when a passage of the same source comes out otherwise, and a job renders again. */
export const RENDERER_VERSION = 2;

/** Reads a title as its source gives it, in TeX. It stands in links, so nothing in it can be reached by keyboard. */
export function readTitle(source: string): Passage {
	const { text, html } = passageOf(read(source));
	return { text, html: html && html.replaceAll(' tabindex="0"', '') };
}

/**
 * Reads an abstract, several paragraphs as one passage, and finds in it the sentence that gives its gist: the author's own
 * words, without the clause that leads over from the sentence before ("To this end, we propose" → "We propose").
 */
export function readAbstract(source: string): Passage & { gist: Passage } {
	const pieces = read(source);
	const whole = passageOf(pieces);
	const sentences = stretches(pieces, whole.text);
	const chosen = sentences[gistOf(sentences.map(([from, to]) => whole.text.slice(from, to)))];
	return { ...whole, gist: chosen ? withoutLead(passageOf(pieces, ...chosen)) : { text: '', html: null } };
}

/** What is left of an abstract when its gist, as `readAbstract` gives it, stands elsewhere on the page. */
export function withoutGist(abstract: Passage, gist: Passage): Passage {
	const at = abstract.text.indexOf(gist.text.slice(1));
	if (gist.text === '' || at < 1) return gist.text === abstract.text ? { text: '', html: null } : abstract;
	const from = sentenceEnds(abstract.text).findLast((end) => end < at) ?? 0;
	const lead = abstract.text.slice(from, at);
	const text = joined(abstract.text, from, lead + gist.text.slice(1));
	if (abstract.html === null) return { text, html: null };
	const sentence = escapeHtml(lead).trimStart() + (gist.html ?? escapeHtml(gist.text)).slice(first(gist).length);
	const start = abstract.html.indexOf(sentence);
	// A sentence that markup joins to its neighbours stays: said twice is better than cut through.
	if (start < 0) return abstract;
	const html = joined(abstract.html, start, sentence);
	return { text, html: html === escapeHtml(text) ? null : html };
}

function joined(text: string, from: number, dropped: string) {
	return [text.slice(0, from).trim(), text.slice(from + dropped.length).trim()].filter((part) => part !== '').join(' ');
}

function first({ text, html }: Passage) {
	return html === null ? escapeHtml(text[0]!) : html[0]!;
}

/** The lead goes only where it is the same in the text and in the HTML, without markup of its own. */
function withoutLead(sentence: Passage): Passage {
	const text = trimmed(sentence.text);
	if (text === sentence.text) return sentence;
	if (sentence.html === null) return { text, html: null };
	const lead = escapeHtml(sentence.text.slice(0, sentence.text.length - text.length));
	const rest = sentence.html.slice(lead.length);
	if (!sentence.html.startsWith(lead) || rest[0]!.toUpperCase() !== text[0]) return sentence;
	return { text, html: text[0]! + rest.slice(1) };
}

function read(source: string): Piece[] {
	return folded(piecesOf(withMacrosApplied(source)));
}

/** Where each sentence begins and ends. None ends inside a formula or a link. */
function stretches(pieces: Piece[], text: string): [from: number, to: number][] {
	let [index, at, from] = [0, 0, 0];
	return sentenceEnds(text)
		.filter((end) => {
			while (index < pieces.length && at + pieces[index]!.text.length < end) at += pieces[index++]!.text.length;
			const piece = pieces[index];
			return !piece || at + piece.text.length === end || !(piece.formula || piece.href);
		})
		.map((end) => {
			const stretch: [number, number] = [from, end];
			from = text[end] === ' ' ? end + 1 : end;
			return stretch;
		});
}
