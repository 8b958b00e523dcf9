import { paperPath } from '#server/papers/paper-key.ts';
import type { MarkedText, Result, SearchPage } from '#server/search/search-page.ts';
import { emphasised, markedWords } from './marked-words.ts';
import { printable } from './printable.ts';
import { counted, number } from './quantities.ts';
import { wrapped } from './wrapping.ts';

export interface Terminal {
	/** Columns. */
	width: number;
	bold: (text: string) => string;
	faint: (text: string) => string;
}

interface Site {
	/** Where readers reach it. */
	origin: string;
}

/** What was found, for a terminal. */
export function searchText(page: SearchPage, { origin }: Site, terminal: Terminal): string {
	const blocks = [
		[...sentences(page, origin)].flatMap((sentence) => wrapped(clean(sentence), terminal.width)),
		...page.results.map((result, at) => resultLines(result, { place: placeOf(page, at), origin }, terminal)),
		helpLines(page, terminal),
		footLines(page)
	];
	return `${blocks
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join('\n'))
		.join('\n\n')}\n`;
}

function* sentences(page: SearchPage, origin: string) {
	if (page.goTo) yield `“${page.asked}” is the paper at ${origin}${page.goTo}`;
	if (page.correction) {
		const { from, to } = page.correction;
		yield `No paper has “${from}”: this was found for “${to}”. --exact keeps the word as it is.`;
	}
	if (page.perhaps) yield `Did you mean ${page.perhaps}?`;
	yield countSentence(page);
	if (page.alsoCounted.length > 0) yield `Also counted: ${page.alsoCounted.join(', ')}.`;
	yield* page.notes;
}

/** `39 papers of 155,770, in 12 ms. 371 more have some of the words.` */
function countSentence({ count, countIsExact, more, moreIsExact, papers, milliseconds }: SearchPage) {
	const found = count === 0 ? 'No paper' : `${countIsExact ? '' : 'More than '}${counted(count, 'paper')}`;
	const time = `in ${number(Math.max(1, Math.round(milliseconds)))} ms`;
	const first = `${found} of ${number(papers)}${count === 0 ? ' has all of this' : ''}, ${time}.`;
	if (more === 0) return first;
	const some = `${moreIsExact ? '' : 'More than '}${number(more)}${count > 0 && moreIsExact ? ' more' : ''}`;
	return `${first} ${some} ${more === 1 && moreIsExact ? 'has' : 'have'} some of the words.`;
}

const placeOf = ({ page, perPage }: SearchPage, at: number) => (page - 1) * perPage + at + 1;

interface Placed extends Site {
	place: number;
}

/** The place stands in the margin, and the address on a line of its own, so that a terminal can open it. */
function resultLines(result: Result, { place, origin }: Placed, { width, bold, faint }: Terminal): string[] {
	const { paper, title, passages, why } = result;
	const margin = Math.max(4, String(place).length + 2);
	const set = ({ text }: MarkedText, words: ReadonlySet<string>) =>
		wrapped(clean(text), width - margin).map((line) => emphasised(line, words, bold));
	const plain = (text: string) => wrapped(clean(text), width - margin).map(faint);
	const lines = [
		...set(title, markedWords(title)),
		...plain(creditOf(paper)),
		origin + paperPath(paper.key),
		...passages.slice(0, 1).flatMap((passage) => set(passage, markedWords(passage))),
		...plain(why)
	];
	return lines.map((line, at) => (at === 0 ? `${number(place)}` : '').padEnd(margin) + line);
}

const NAMED = 3;

/** `Ada Lovelace, Alan Turing and 4 more · cs.CV · 11 November 2021` */
function creditOf({ authors, author_count, primary_category, announced, published }: Result['paper']) {
	const rest = Math.max(author_count ?? 0, authors.length) - NAMED;
	const named = authors.slice(0, NAMED).join(', ');
	const names = rest > 0 ? `${named} and ${number(rest)} more` : named || 'Authors not given by the source';
	const day = announced ?? published;
	return [names, primary_category, day && date.format(new Date(day))].filter(Boolean).join(' · ');
}

const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

function helpLines({ help }: SearchPage, { width }: Terminal) {
	return help.flatMap(({ words, q, papers }) =>
		wrapped(clean(`${words}: ${counted(papers, 'paper')}, with ${q}`), width)
	);
}

function footLines({ page, pages }: SearchPage) {
	if (pages <= 1) return [];
	const next = page < pages ? `; --page ${page + 1} shows the next` : '';
	return [`Page ${number(page)} of ${number(pages)}${next}.`];
}

/** In one line, and nothing in it that a terminal would obey. */
const clean = (text: string) => printable(text.replace(/\s+/g, ' ').trim());
