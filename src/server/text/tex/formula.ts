import { ALPHABETS, inAlphabet, type Alphabet } from './alphabets.ts';
import { commandName, group, match, type Cursor } from './cursor.ts';
import { COMMANDS } from './formula-commands.ts';
import { fraction, named, sourceFrom, tidy, type Command, type Row, type TextReader } from './formula-row.ts';
import { script } from './scripts.ts';
import { FUNCTIONS, isOperator, MARKS, SYMBOLS } from './symbols.ts';

const DEEPEST = 40;
/** A command in running text has no formula round it, so few levels do; each costs its source once more. */
const DEEPEST_IN_TEXT = 10;

/**
 * A formula in Unicode: what has no plain form keeps its source. White space follows the source. Linear in its length;
 * nesting deeper than 40 is shown as source.
 */
export function plainFormula(source: string, text: TextReader): string {
	try {
		return tidy(readRow({ source, at: 0, depth: 0, text, reading }, null));
	} catch (error) {
		if (error === tooDeep) return source;
		throw error;
	}
}

/** Reads one command of mathematics with its arguments, where it stands in running text. */
export function plainCommand(cursor: Cursor, text: TextReader): string {
	const row: Row = { source: cursor.source, at: cursor.at, depth: DEEPEST - DEEPEST_IN_TEXT, text, reading };
	try {
		const shown = tidy(readCommand(row, '').shown);
		cursor.at = row.at;
		return shown;
	} catch (error) {
		if (error !== tooDeep) throw error;
		commandName(cursor);
		return '';
	}
}

/** One for all: making thousands of errors with their stacks took longer than the reading. */
const tooDeep = new Error('a formula nests too deep');

const reading = { row: readRow, group: readGroup, argument: readArgument, command: readCommand, script: readScript };

function deeper(row: Row) {
	if (++row.depth > DEEPEST) throw tooDeep;
}

/** Reads until the row's end: a brace, a bracket or, with null, the end of the source. */
function readRow(row: Row, end: '}' | ']' | null): string {
	deeper(row);
	let out = '';
	let numerator: string | null = null;
	let alphabet: Alphabet | null = null;
	while (row.at < row.source.length && row.source[row.at] !== end) {
		if (row.source[row.at] !== '\\') {
			out += readPart(row, alphabet);
			continue;
		}
		const command = readCommand(row, out);
		if (command.over) [numerator, out] = [out, ''];
		else if (command.alphabet) alphabet = command.alphabet;
		else out = (command.trims ? out.trimEnd() : out) + command.shown;
	}
	row.depth--;
	return numerator === null ? out : fraction(numerator, out);
}

function readPart(row: Row, alphabet: Alphabet | null): string {
	const character = row.source[row.at]!;
	if (character === '{') return readGroup(row, alphabet);
	if (character !== '^' && character !== '_')
		return alphabet ? inAlphabet(alphabet, readCharacter(row)) : readCharacter(row);
	row.at++;
	return readScript(row, character);
}

function readGroup(row: Row, alphabet: Alphabet | null): string {
	row.at++;
	const inner = readRow(row, '}');
	if (row.source[row.at] !== '}') return '{' + inner;
	row.at++;
	return alphabet ? inAlphabet(alphabet, inner) : inner;
}

function readCharacter(row: Row): string {
	const character = String.fromCodePoint(row.source.codePointAt(row.at)!);
	row.at += character.length;
	return character === '~' || character === '&' ? ' ' : character;
}

function readScript(row: Row, kind: '^' | '_'): string {
	const [argument, braced] = readArgument(row);
	const text = tidy(argument);
	const gap = !braced && /\s/.test(row.source[row.at - 1] ?? '') && isBeforeOperator(row) ? ' ' : '';
	const shown = script(kind, text);
	if (shown !== null) return shown + gap;
	const isBare = /^.\p{M}?$/u.test(text) || (!braced && /^\\[a-zA-Z]+$/.test(text));
	return kind + (isBare ? text : `{${text}}`) + gap;
}

/** An argument is a group, a command with its own arguments, or one character. */
function readArgument(row: Row): [text: string, braced: boolean] {
	match(row, /\s+/y);
	const character = row.source[row.at];
	if (character === undefined || character === '}') return ['', false];
	if (character === '{') return [readGroup(row, null), true];
	if (character !== '\\') return [readCharacter(row), false];
	deeper(row);
	const { shown } = readCommand(row, '');
	row.depth--;
	return [shown, false];
}

function readCommand(row: Row, before: string): Command {
	const start = row.at;
	const name = commandName(row);
	if (name === '') row.at++;
	const isSpaced = /^[a-zA-Z]/.test(name) && match(row, /\s+/y) !== null;
	const symbol = SYMBOLS.get(name) ?? (name.startsWith('up') ? SYMBOLS.get(name.slice(2)) : undefined);
	if (symbol !== undefined) return { shown: isSpaced ? symbol + spaceBehind(row, symbol, before) : symbol };
	if (FUNCTIONS.has(name)) return { shown: named(FUNCTIONS.get(name)!, /[_^]/.test(row.source[row.at] ?? '')) };
	const alphabet = ALPHABETS.get(name);
	if (alphabet) return { shown: inAlphabet(alphabet, readArgument(row)[0]) };
	const mark = MARKS.get(name);
	if (mark) return { shown: accented(row, start, mark) };
	return COMMANDS.get(name)?.(row, start) ?? { shown: unknown(row, start, isSpaced) };
}

/** The space that ends a command's name is kept round an operator that has space on its other side too. */
function spaceBehind(row: Row, symbol: string, before: string) {
	return (isOperator(symbol) && /\s$/.test(before)) || isBeforeOperator(row) ? ' ' : '';
}

function isBeforeOperator(row: Row) {
	const next = row.source[row.at] ?? '';
	return isOperator((next === '\\' ? SYMBOLS.get(commandName({ source: row.source, at: row.at })) : next) ?? '');
}

function accented(row: Row, start: number, mark: string) {
	const symbol = tidy(readArgument(row)[0]).replace('ı', 'i').replace('ȷ', 'j');
	return /^[^\s\\]\p{M}*$/u.test(symbol) ? symbol + mark : sourceFrom(row, start);
}

/** An unknown command keeps its source, with the groups that stand directly behind it. */
function unknown(row: Row, start: number, isSpaced: boolean) {
	if (!isSpaced) while (row.source[row.at] === '{' && group(row) !== null);
	return sourceFrom(row, start);
}
