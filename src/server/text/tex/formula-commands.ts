import { inAlphabet, type Alphabet } from './alphabets.ts';
import { characterOf, closing, group, match, option } from './cursor.ts';
import { enclosed, fraction, named, sourceFrom, tidy, type Command, type Row } from './formula-row.ts';
import { script } from './scripts.ts';

type Reader = (row: Row, start: number) => Command;

const nothing: Reader = () => ({ shown: '' });
const wideSpace: Reader = () => ({ shown: ' ' });
const space: Reader = (row) => (match(row, /\s*(?=[,.;])/y) ? { shown: '', trims: true } : { shown: ' ' });
const argument: Reader = (row) => ({ shown: argumentOf(row) });
const compact: Reader = (row) => ({ shown: argumentOf(row).replace(/\s+/g, '') });
const operatorName: Reader = (row) => ({ shown: named(argumentOf(row).replace(/\s+/g, '')) });

/** What the commands of a formula come to; accents, alphabets, symbols and named functions have tables of their own. */
export const COMMANDS = new Map<string, Reader>([
	...commands('mathrm mathbf mathsf mathtt mathit mathnormal mathsc bm boldsymbol pmb bold roman', compact),
	...commands('mathop mathbin mathrel mathord mathopen mathclose mathinner boxed smash ensuremath substack', argument),
	...commands(
		'text textrm textbf textit textsf texttt textsc textup textnormal textsl emph mbox hbox fbox textmd',
		inText
	),
	...commands(
		'bf rm sf tt it em sl sc mit bfseries rmfamily normalfont boldmath unboldmath small tiny large scriptsize',
		nothing
	),
	...commands(
		'displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag hline allowbreak',
		nothing
	),
	...commands('big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr Biggm middle', nothing),
	...commands('aligned endaligned split endsplit gathered endgathered footnotesize null relax ! / -', nothing),
	...commands('label require phantom hphantom vphantom color ref eqref cite vspace hspace hspace*', aside),
	...commands('operatorname operatorname* DeclareMathOperator', operatorName),
	...commands(', ; : > thinspace medspace thickspace enspace', space),
	...commands('quad qquad space hfill', wideSpace),
	...commands('frac dfrac tfrac cfrac nicefrac sfrac', ratio),
	...commands('\\ newline cr', lineBreak),
	...commands('tag tag*', tag),
	...commands('hskip kern', skip),
	[' ', space],
	['\n', wideSpace],
	['|', () => ({ shown: '‖' })],
	['begin', beginning],
	['cal', letters('script')],
	['end', ending],
	['left', delimiter],
	['not', negated],
	['over', () => ({ shown: '', over: true })],
	['pmod', (row) => ({ shown: ` (mod ${tidy(argumentOf(row))})` })],
	['r', ring],
	['right', (row) => (match(row, /\s*\./y), { shown: '', trims: true })],
	['sb', (row) => ({ shown: row.reading.script(row, '_') })],
	['sp', (row) => ({ shown: row.reading.script(row, '^') })],
	['sqrt', root],
	['textcolor', (row) => (group(row), { shown: argumentOf(row) })],
	['unicode', (row) => ({ shown: characterOf(/^x([0-9a-f]+)$/i.exec(group(row)?.trim() ?? '')?.[1]) })],
	...[...'{}%&_#$'].map((sign): [string, Reader] => [sign, () => ({ shown: sign })])
]);

function commands(names: string, reader: Reader): [string, Reader][] {
	return names.split(' ').map((name) => [name, reader]);
}

function argumentOf(row: Row): string {
	return row.reading.argument(row)[0];
}

function inText(row: Row): Command {
	const inner = group(row);
	return { shown: inner === null ? '' : row.text(inner) };
}

function aside(row: Row): Command {
	group(row);
	return { shown: '' };
}

function ratio(row: Row): Command {
	const over = argumentOf(row);
	return { shown: fraction(over, argumentOf(row)) };
}

function skip(row: Row): Command {
	return { shown: match(row, /\s*-?[\d.]+\s*[a-z]{2}/y) ? ' ' : '' };
}

function lineBreak(row: Row): Command {
	match(row, /\s*\[[^\]]{0,20}\]/y);
	return { shown: ' ' };
}

function tag(row: Row): Command {
	const inner = group(row);
	return { shown: inner === null ? '' : ` (${row.text(inner)})` };
}

/** What stands behind \left, without the white space that follows. */
function delimiter(row: Row): Command {
	const sign = match(row, /\s*([([|/<.])\s*/y);
	if (sign) return { shown: sign[1] === '.' ? '' : sign[1]! };
	const shown = row.source[row.at] === '\\' ? row.reading.command(row, '').shown.trim() : '';
	match(row, /\s+/y);
	return { shown };
}

const ROOTS = new Map([
	['', '√'],
	['2', '√'],
	['3', '∛'],
	['4', '∜']
]);

function root(row: Row): Command {
	let degree = '';
	if (match(row, /\[/y)) {
		degree = tidy(row.reading.row(row, ']'));
		match(row, /\]/y);
	}
	const sign = ROOTS.get(degree) ?? (script('^', degree) ?? degree) + '√';
	return { shown: sign + enclosed(argumentOf(row)) };
}

function negated(row: Row): Command {
	const symbol = argumentOf(row).trim();
	return { shown: `${symbol.slice(0, 1)}\u0338${symbol.slice(1)}`.normalize('NFC') };
}

/** What stands before and behind an environment. */
const FENCES = new Map([
	['cases', ['{ ', '']],
	['array', [' ', '']],
	['pmatrix', ['(', ')']],
	['bmatrix', ['[', ']']],
	['Bmatrix', ['{', '}']],
	['vmatrix', ['|', '|']],
	['Vmatrix', ['‖', '‖']]
]);

function beginning(row: Row): Command {
	const name = group(row)?.replace('*', '') ?? '';
	option(row);
	if (/^(array|tabular|alignat|alignedat|subarray)$/.test(name)) group(row);
	return { shown: FENCES.get(name)?.[0] ?? '' };
}

function ending(row: Row): Command {
	return { shown: FENCES.get(group(row) ?? '')?.[1] ?? '', trims: true };
}

/** The unit \r{A}, which astronomers write in formulas too. */
function ring(row: Row, start: number): Command {
	return { shown: match(row, /\s*\{\s*A\s*\}|\s+A(?![a-zA-Z])/y) ? 'Å' : sourceFrom(row, start) };
}

/** Old switches of alphabet hold to the end of their group; `\cal{L}` is meant as a command. */
function letters(alphabet: Alphabet): Reader {
	return (row) => {
		const isCommand = row.source[row.at] === '{' && closing(row.source, row.at) > 0;
		return isCommand ? { shown: inAlphabet(alphabet, row.reading.group(row, null)) } : { shown: '', alphabet };
	};
}
