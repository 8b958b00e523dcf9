/** A maximal run of letters and digits with what stands on them, and apostrophes within. */
export interface Run {
	start: number;
	end: number;
	/** Behind the run and its 's. */
	after: number;
}

// A modifier letter that serves as an apostrophe is none of the letters.
const APOSTROPHE = String.raw`['’‘ʼʻʽʹ]`;
// ASCII apart, since nearly every text is of it: half the time.
const LETTER = String.raw`(?:[a-zA-Z0-9]|[[\p{L}\p{N}]--[\0-\x7f]--${APOSTROPHE}])`;
// Marks and what is not seen, such as a soft hyphen, break no word.
const FURTHER = String.raw`(?:[a-zA-Z0-9]+|[[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}]--[\0-\x7f]--${APOSTROPHE}]+)*`;
const RUNS = new RegExp(`${LETTER}${FURTHER}(?:${APOSTROPHE}${LETTER}${FURTHER})*`, 'gv');
// The same for ASCII, which is most texts and faster.
const ASCII_RUNS = /[a-z0-9]+(?:'[a-z0-9]+)*/gi;

export function runsIn(text: string): Run[] {
	const found: Run[] = [];
	for (const { 0: run, index } of text.matchAll(isAscii(text) ? ASCII_RUNS : RUNS)) {
		const after = index + run.length;
		found.push({ start: index, end: withoutPossessive(text, index, after), after });
	}
	return found;
}

export function isAscii(text: string): boolean {
	return !/[^\0-\x7f]/.test(text);
}

const POSSESSIVE = new RegExp(`^${APOSTROPHE}[sS]$`);

// A loop and no `(?:'s)+$`, which would take the square of a hostile length.
function withoutPossessive(text: string, start: number, end: number) {
	while (end - start > 2 && isS(text, end - 1) && POSSESSIVE.test(text.slice(end - 2, end))) end -= 2;
	return end;
}

function isS(text: string, at: number) {
	return text[at] === 's' || text[at] === 'S';
}

// Every hyphen and dash but the long ones, which part sentences; TeX may close or open its mathematics beside it: $k$-means.
const HYPHEN = /^\$?[[\p{Pd}_]--[\u2014\u2015\u2e3a\u2e3b]]\$?$/v;

/** Whether two neighbours are of one compound: k-means, Qwen2.5, snake_case. */
export function standTogether(text: string, before: Run, run: Run): boolean {
	if (run.start - before.after > 3) return false;
	const between = text.slice(before.after, run.start);
	if (between === '-') return true;
	if (between === '.') return /\d/.test(text[run.start]!);
	return between !== ' ' && between !== ', ' && HYPHEN.test(between);
}
