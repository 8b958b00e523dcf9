import { sentenceEnds } from '#server/text/sentences.ts';
import { marksIn, matchesIn, type Match } from './marks.ts';
import { piecesOf, printed, textOf, type Stretch } from './pieces.ts';
import type { MarkedText } from './search-page.ts';

/** Characters of a sentence that is shown whole; of a longer one, what stands around its matches. */
const LONGEST = 320;
/** Characters that stand before the first match of a stretch. */
const LEAD = 60;
const MOST = 2;
/** Matches of a long sentence that are looked at: one of thousands of words is no sentence. */
const LOOKED_AT = 200;

/** What a sentence has of what was asked for. */
interface Sentence extends Stretch {
	matches: Match[];
}

/**
 * The sentences of an abstract that say most of what was asked for, marked: two at most, in the order of the text. Where
 * something is left out stands "…". Empty where no word is found.
 */
export function bestPassages(abstract: MarkedText, stems: ReadonlySet<string>): MarkedText[] {
	const pieces = piecesOf(abstract);
	const text = textOf(pieces);
	const matches = matchesIn(text, stems);
	if (matches.length === 0) return [];
	const marks = marksIn(text, matches);
	return together(best(sentencesIn(text, matches)).map((sentence) => cut(sentence, text))).map((stretch) =>
		withDots(printed(pieces, stretch, marks), stretch, text)
	);
}

function sentencesIn(text: string, matches: readonly Match[]): Sentence[] {
	let from = 0;
	let next = 0;
	return sentenceEnds(text).map((end) => {
		const start = from + /^\s*/.exec(text.slice(from, end))![0].length;
		const found: Match[] = [];
		while (next < matches.length && matches[next]!.start < end) found.push(matches[next++]!);
		from = end;
		return { start, end, matches: found };
	});
}

/** First the sentence with most of the words, then the one that adds most to it. */
function best(sentences: readonly Sentence[]): Sentence[] {
	const chosen: Sentence[] = [];
	const seen = new Set<string>();
	while (chosen.length < MOST) {
		const left = sentences.filter((sentence) => sentence.matches.length > 0 && !chosen.includes(sentence));
		if (left.length === 0) break;
		const next = left.reduce((first, other) => (worth(other, seen) > worth(first, seen) ? other : first));
		chosen.push(next);
		for (const { stem } of next.matches) seen.add(stem);
	}
	return chosen.toSorted((one, other) => one.start - other.start);
}

/** Words that no chosen sentence has count most, then others, then how often. */
function worth({ matches }: Sentence, seen: ReadonlySet<string>) {
	const stems = new Set(matches.map(({ stem }) => stem));
	return stems.size + 2 * stems.difference(seen).size + Math.min(matches.length, 9) / 10;
}

/** A sentence that is too long is cut between words, around as many of its matches as can be. */
function cut({ start, end, matches: all }: Sentence, text: string): Stretch {
	if (end - start <= LONGEST) return { start, end };
	const matches = all.slice(0, LOOKED_AT);
	const within = (from: number) => matches.filter((match) => match.start >= from && match.end <= from + LONGEST - LEAD);
	const first = matches.reduce((one, other) => (within(other.start).length > within(one.start).length ? other : one));
	const from = Math.max(start, Math.min(first.start - LEAD, end - LONGEST));
	const to = Math.min(end, from + LONGEST);
	return {
		start: from === start ? start : Math.min(first.start, afterSpace(text, from)),
		end: to === end ? end : Math.max(first.end, text.lastIndexOf(' ', to))
	};
}

function afterSpace(text: string, from: number) {
	const space = text.indexOf(' ', from);
	return space < 0 ? from : space + 1;
}

/** Stretches between which nothing but space stands, as one. */
function together(stretches: readonly Stretch[]): Stretch[] {
	const [first, second] = stretches;
	if (!first || !second || second.start - first.end > 1) return [...stretches];
	return [{ start: first.start, end: second.end }];
}

/** A sentence ends by its own stop; only one that is cut off goes on in dots. */
function withDots(passage: MarkedText, { start, end }: Stretch, text: string): MarkedText {
	const before = start > 0 ? '… ' : '';
	const after = text[end] === ' ' && !/[.?!]["'”’)\]]*$/.test(text.slice(start, end)) ? ' …' : '';
	return {
		text: before + passage.text + after,
		html: passage.html === null ? null : before + passage.html + after
	};
}
