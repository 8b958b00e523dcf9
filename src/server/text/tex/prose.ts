import { isLetter, letter } from './accents.ts';
import { ALPHABETS } from './alphabets.ts';
import { readCommand } from './commands.ts';
import { commandName, match } from './cursor.ts';
import { formulasIn, type Formula } from './dollars.ts';
import { plainCommand, plainFormula } from './formula.ts';
import { readEntity, readTag } from './html-remains.ts';
import { closeGroup, openGroup, write, writeFormula, writeLink, type Piece, type Reader } from './reader.ts';
import { FUNCTIONS, MARKS, SYMBOLS } from './symbols.ts';

/** What needs no reading: a sign may begin something, and so may the h of an address. */
const PLAIN = /(?:[^\\${}~`'"<&\-h\]]|h(?!ttps?:))+/y;
const ADDRESS =
	/https?:\/\/(?:[^\s{}<>"|^`$\\()[\],;]|\([^\s{}<>"|^`$\\()]{0,99}\)|\\[_%#&~]|[,;](?=[\w/?#&=%])){1,400}/y;
const FORMULA_COMMANDS = /^(frac|dfrac|tfrac|sqrt|mathrm|mathbf|mathsf|boldsymbol|operatorname|unicode|pmod)$/;

/** Reads running text in TeX into its pieces. Linear; what it does not understand stays, and it never throws. */
export function piecesOf(source: string): Piece[] {
	const formulas = new Map(formulasIn(source).map((formula) => [formula.start, formula]));
	const reader: Reader = {
		source,
		at: 0,
		pieces: [],
		formulas,
		partners: bracePartners(source, formulas),
		pairedTags: new Map(),
		skip: new Set(),
		style: { emphasis: false },
		outer: [],
		openQuotes: 0
	};
	while (reader.at < source.length) readNext(reader);
	return reader.pieces;
}

/** The plain text of running text, its outer white space kept. */
export function plainText(source: string): string {
	if (!/[\\$~`'<&{}"]|--/.test(source)) return source;
	return piecesOf(source)
		.map((piece) => piece.text)
		.join('');
}

function bracePartners(source: string, formulas: Map<number, Formula>) {
	const partners = new Map<number, number>();
	const open: number[] = [];
	for (let at = 0; at < source.length; at++) {
		const character = source[at];
		const formula = formulas.get(at);
		if (formula) at = formula.end - 1;
		else if (character === '\\') at++;
		else if (character === '{') open.push(at);
		else if (character === '}' && open.length > 0) partners.set(open.pop()!, at).set(at, at);
	}
	return partners;
}

function readNext(reader: Reader): void {
	const formula = reader.formulas.get(reader.at);
	if (formula) return readFormula(reader, formula);
	const plain = match(reader, PLAIN);
	if (plain) return write(reader, plain[0]);
	const sign = reader.source[reader.at]!;
	const read = SIGNS[sign];
	if (read) return read(reader);
	write(reader, reader.skip.has(reader.at++) ? ' ' : sign);
}

const SIGNS: Record<string, ((reader: Reader) => void) | undefined> = {
	'\\': readBackslash,
	'{': readBrace,
	'}': readBrace,
	'<': readTag,
	'&': readEntity,
	'-': readHyphens,
	'`': readQuote,
	"'": readQuote,
	'"': readQuote,
	h: readAddress,
	'~': readTilde
};

function readFormula(reader: Reader, formula: Formula) {
	reader.at = formula.end;
	// A link that was set as a formula to keep its text together is a link.
	if (/^\s*\\(href|url)\s*\{/.test(formula.tex)) return void reader.pieces.push(...piecesOf(formula.tex));
	if (formula.display) write(reader, ' ');
	writeFormula(reader, plainFormula(formula.tex, plainText), formula);
	if (formula.display) write(reader, ' ');
}

function readBackslash(reader: Reader): void {
	const next = reader.source[reader.at + 1];
	if (next === undefined || /[%&_#${}]/.test(next)) {
		reader.at += 2;
		return write(reader, next ?? '\\');
	}
	const name = commandName({ source: reader.source, at: reader.at });
	if (isLetter(name)) return write(reader, letter(reader));
	if (isMathematics(name)) return readMathematics(reader, name);
	commandName(reader);
	readCommand(reader, name);
}

/** Authors forget their dollars; what has a form in Unicode shows it all the same. */
function isMathematics(name: string) {
	return (
		SYMBOLS.has(name) ||
		FUNCTIONS.has(name) ||
		ALPHABETS.has(name) ||
		FORMULA_COMMANDS.test(name) ||
		(MARKS.has(name) && name !== 'underline')
	);
}

/** A symbol without its dollars is a word of the sentence, so the space behind it is meant, but for μm and the like. */
function readMathematics(reader: Reader, name: string) {
	write(reader, plainCommand(reader, plainText));
	const isSpaced = /\s/.test(reader.source[reader.at - 1] ?? '');
	const isUnit = name === 'mu' && /^[a-zA-Z]\b/.test(reader.source.slice(reader.at, reader.at + 2));
	if (isSpaced && !isUnit) write(reader, ' ');
}

/** Braces that only group go; one without its partner is text, and so is a script without its dollars. */
function readBrace(reader: Reader) {
	const brace = reader.source[reader.at]!;
	const isScript = /[\^_]/.test(reader.source[reader.at - 1] ?? '') && reader.source[reader.at - 2] !== '\\';
	if (!reader.partners.has(reader.at++)) write(reader, brace);
	else if (brace === '}') closeGroup(reader);
	else if (isScript) {
		write(reader, '{');
		openGroup(reader, { ending: '}' });
	} else openGroup(reader);
}

/**
 * A tie has a word before it. A tilde with none before it and a word behind means "about": arXiv's own listing shows it,
 * and without it "P ~ 10^-68" is a product (docs/decisions/0011). An initial is a word: "S. ~Simón".
 */
function readTilde(reader: Reader) {
	const { source, at } = reader;
	reader.at++;
	const meansAbout =
		/(?:^|[\s([/])$/.test(source.slice(Math.max(0, at - 1), at)) &&
		/^ {0,2}[^\s~\\{}&)\]]/.test(source.slice(at + 1, at + 4)) &&
		!/(?:^|[^\p{L}])\p{Lu}\.\s$/u.test(source.slice(Math.max(0, at - 4), at));
	write(reader, meansAbout ? '~' : ' ');
}

function readHyphens(reader: Reader) {
	const hyphens = match(reader, /-+/y)![0];
	write(reader, { '--': '–', '---': '—' }[hyphens] ?? hyphens);
}

/** ``…'' are quotation marks, also where the author closed them with a plain mark; all others stay. */
function readQuote(reader: Reader) {
	const { source, at } = reader;
	const doubled = match(reader, /``(?!`)|''/y)?.[0];
	const quote = doubled ?? source[reader.at++]!;
	const closes =
		quote === "''" || (quote === '"' && /\S/.test(source[at - 1] ?? ' ') && !/\w/.test(source[at + 1] ?? ' '));
	if (quote === '``') reader.openQuotes++;
	else if (closes && reader.openQuotes > 0) {
		reader.openQuotes--;
		return write(reader, '”');
	}
	write(reader, quote === '``' ? '“' : quote);
}

function readAddress(reader: Reader) {
	const start = reader.at;
	const found = match(reader, ADDRESS)?.[0].replace(/[.'!?:*]+$/, '');
	reader.at = start + (found?.length ?? 1);
	if (found) writeLink(reader, found);
	else write(reader, reader.source[start]!);
}
