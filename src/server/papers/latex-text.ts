import { COMMANDS, MARKS, SYMBOLS, alphabetOf } from './latex-characters.ts';
import { oneLine } from '#server/text/one-line.ts';

const RAISED = /[\u00b2\u00b3\u00b9\u2070\u2071\u2074-\u207f\u02b0-\u02b8\u1d2c-\u1d61\u1d9c-\u1dbf]+/g;
const LOWERED = /[\u2080-\u209c\u1d62-\u1d6a\u2c7c]+/g;

/** Foreign text as one line of LaTeX. */
export function latexText(text: string) {
	return latexOfLine(oneLine(text));
}

/**
 * Plain text as LaTeX that sets it, and does nothing else: every command comes from a fixed table, none from the text.
 * Braces are balanced, and what the table does not know stays Unicode. The text is one line already, or a part of one.
 */
export function latexOfLine(line: string) {
	return line
		.split(/([\u00b2\u00b3\u00b9\u2070-\u209c\u02b0-\u02b8\u1d2c-\u1d6a\u1d9c-\u1dbf\u2c7c]+)/)
		.map((part, index) => (index % 2 ? scripts(part) : Array.from(part, latexCharacter).join('')))
		.join('');
}

function scripts(text: string) {
	return text.replace(RAISED, (run) => `{$^{${inMath(run)}}$}`).replace(LOWERED, (run) => `{$_{${inMath(run)}}$}`);
}

// Braces, so that a command's name does not run into the letter after it.
function inMath(run: string) {
	return Array.from(run.normalize('NFKD'), (character) => {
		const symbol = SYMBOLS.get(character);
		return symbol?.startsWith('\\') ? `{${symbol}}` : (symbol ?? character);
	}).join('');
}

function latexCharacter(character: string) {
	const symbol = SYMBOLS.get(character) ?? alphabetOf(character);
	if (symbol) return `{$${symbol}$}`;
	return COMMANDS.get(character) ?? accented(character) ?? character;
}

// One accent on one ASCII letter. Two accents, as in Vietnamese, stay Unicode: OT1 cannot stack them.
function accented(character: string) {
	const [letter = '', mark = '', more] = character.normalize('NFD');
	const command = MARKS.get(mark);
	return command && !more && /^[A-Za-z]$/.test(letter) ? `{\\${command}{${letter}}}` : undefined;
}
