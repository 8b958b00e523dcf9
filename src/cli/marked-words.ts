import type { MarkedText } from '#server/search/search-page.ts';

/** A run that search takes for a word. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words that are marked in the HTML of a text, in lower case. */
export function markedWords({ html }: MarkedText): Set<string> {
	const marks = [...(html ?? '').matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, inside]) =>
		inside!.replace(/<[^>]*>|&#?\w+;/g, ' ')
	);
	return new Set(marks.flatMap((inside) => inside.match(WORD) ?? []).map((word) => word.toLowerCase()));
}

/** A line with these words in bold. */
export function emphasised(line: string, words: ReadonlySet<string>, bold: (text: string) => string) {
	if (words.size === 0) return line;
	return line.replace(WORD, (word) => (words.has(word.toLowerCase()) ? bold(word) : word));
}
