/** East Asian and emoji: two columns each. */
const WIDE =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
/** Marks on the letter before: none. */
const NO_COLUMN = /[\p{Mn}\p{Me}]/u;

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string) {
	let columns = 0;
	for (const sign of text) columns += NO_COLUMN.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1;
	return columns;
}

/** A text in lines of at most so many columns, broken between words, and within one that is longer than a line. */
export function wrapped(text: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(/ +/)) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (columnsOf(longer) <= width) line = longer;
		else {
			if (line !== '') lines.push(line);
			const pieces = piecesOf(word, width);
			lines.push(...pieces.slice(0, -1));
			line = pieces.at(-1)!;
		}
	}
	return line === '' ? lines : [...lines, line];
}

/** Whole letters, with their marks. */
function piecesOf(word: string, width: number) {
	const pieces = [''];
	for (const { segment } of letters.segment(word)) {
		const longer = pieces.at(-1)! + segment;
		if (columnsOf(longer) <= width) pieces[pieces.length - 1] = longer;
		else pieces.push(segment);
	}
	return pieces.filter((piece) => piece !== '');
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });
