import { commandName, match, type Cursor } from './cursor.ts';

const MARKS = new Map(
	Object.entries({
		'`': '\u0300',
		"'": '\u0301',
		'^': '\u0302',
		'~': '\u0303',
		'=': '\u0304',
		'"': '\u0308',
		'.': '\u0307',
		u: '\u0306',
		v: '\u030c',
		H: '\u030b',
		c: '\u0327',
		k: '\u0328',
		d: '\u0323',
		b: '\u0331',
		r: '\u030a',
		t: '\u0361'
	})
);

const LETTERS = new Map(
	`aa å AA Å ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł ss ß SS ẞ i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ S § P ¶ dag † ddag ‡ copyright ©
	pounds £ textdegree ° degree ° deg ° micron μm textmu µ textregistered ® texttrademark ™ textquotedblleft “ textquotedblright ” textquoteleft ‘
	textquoteright ’ lq ‘ rq ’ textendash – textemdash — ldots … dots … textellipsis … textbackslash \\ textasciitilde ~ textasciicircum ^
	textunderscore _ textbar | textless < textgreater > textdollar $ textpercent % textampersand & lbrack [ rbrack ] guillemotleft « guillemotright »
	euro € texteuro € EUR € textperiodcentered · textbullet • textonehalf ½ textsection § LaTeX LaTeX TeX TeX BibTeX BibTeX
	eg e.g. ie i.e. etal et~al. etc etc. backslash \\`
		.split(/\s+/)
		.reduce<[string, string][]>((pairs, word, at, words) => {
			if (at % 2 === 0) pairs.push([word, words[at + 1]!.replace('~', ' ')]);
			return pairs;
		}, [])
);

/** Whether a command of running text is an accent or a letter. */
export function isLetter(name: string): boolean {
	return MARKS.has(name) || LETTERS.has(name);
}

/** Reads an accented or special letter at the cursor, as in \'e, \"{o}, \c c, \o, \'{\i}. */
export function letter(cursor: Cursor, depth = 0): string {
	const name = commandName(cursor);
	const mark = MARKS.get(name);
	if (mark === undefined) {
		const isUnit = name === 'AA' && /\d[\s~}]*$/.test(cursor.source.slice(Math.max(0, cursor.at - 8), cursor.at - 3));
		if (!isUnit) match(cursor, /\{\}|[ \t\n]+(?=[\p{L}\p{N}(])/uy);
		const shown = LETTERS.get(name) ?? '';
		// A space that ends the name of a letter inside a word goes; behind a sign or an abbreviation it is meant.
		return /^\p{L}$/u.test(shown) || cursor.source[cursor.at - 1] !== ' ' ? shown : shown + ' ';
	}
	const start = cursor.at;
	const braced = match(cursor, /\s*\{\s*/y) !== null;
	if (!braced) match(cursor, /\s+/y);
	const base = baseLetter(cursor, depth + 1);
	if (braced && match(cursor, /\s*\}/y) === null) {
		// More than one letter in the braces: the first carries the accent, the group closes on its own.
		const rest = match(cursor, /([^{}\\]{0,40})\}/y);
		if (rest) return (base + mark + rest[1]!).normalize('NFC');
		cursor.at = start;
		return '';
	}
	if (base === '') return name === '~' && braced ? '~' : '';
	return (base + mark).normalize('NFC');
}

/** Accents on accents: Vietnamese has two on a letter. */
const DEEPEST = 4;

/** The letter under an accent; a dotless i is an i there. */
function baseLetter(cursor: Cursor, depth: number): string {
	const plain = match(cursor, /\p{L}/uy);
	if (plain) return plain[0];
	if (match(cursor, /\{\\i\s*\}|\\i(?![a-zA-Z])\s*/y)) return 'i';
	if (match(cursor, /\{\\j\s*\}|\\j(?![a-zA-Z])\s*/y)) return 'j';
	if (cursor.source[cursor.at] !== '\\') return '';
	const ahead = { source: cursor.source, at: cursor.at };
	const name = commandName(ahead);
	return isLetter(name) && depth < DEEPEST ? letter(cursor, depth) : '';
}
