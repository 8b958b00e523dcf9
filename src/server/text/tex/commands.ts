import { group, match, option } from './cursor.ts';
import { isWebAddress, openNext, openScript, unescaped, write, writeLink, type Reader } from './reader.ts';

type Command = (reader: Reader, name: string) => void;

const ITALIC = /^(emph|textit|textsl)$/;
const SWITCHES = /^(it|em|sl|itshape|slshape)$/;
/** Cited and referred to by number: what says nothing without its list goes, and the space before it. */
const REFERENCE = /^(cite[a-zA-Z]*|[a-zA-Z]*cite|ref|eqref|pageref|autoref|cref|Cref)\*?$/;
/** Commands whose first group is not the text. */
const ASIDE =
	/^(begin|end|label|footnote|footnotemark|footnotetext|thanks|color|vspace|hspace|vskip|setlength|pagestyle|thispagestyle|bibliography|bibliographystyle|input|include|includegraphics|usepackage|require|hypersetup|newblock|index|textcolor|hyperlink|hyperref|hypertarget|texorpdfstring|colorbox|rule)\*?$/;

const space: Command = (reader) => write(reader, ' ');

const COMMANDS = new Map<string, Command>([
	...['quad', 'qquad', 'newline', 'linebreak', 'par', 'and', 'bigskip'].map((name): [string, Command] => [name, space]),
	['ang', (reader) => openNext(reader, { ending: '°' })],
	['enquote', (reader) => openNext(reader, { ending: '”' }) && write(reader, '“')],
	['href', readLink],
	['ion', (reader) => openNext(reader, { ending: ' ' })],
	['item', readItem],
	['qty', (reader) => openNext(reader, { ending: ' ' })],
	['SI', (reader) => openNext(reader, { ending: ' ' })],
	['textsubscript', (reader) => openScript(reader, '_')],
	['textsuperscript', (reader) => openScript(reader, '^')],
	['texttt', readMonospace],
	['url', readUrl],
	['verb', (reader) => write(reader, match(reader, /([^a-zA-Z\s*])(.{0,200}?)\1/y)?.[2] ?? '')]
]);

/** A command of running text, its name just read. An unknown one leaves its arguments, and nothing of itself. */
export function readCommand(reader: Reader, name: string): void {
	const known = COMMANDS.get(name);
	if (known) known(reader, name);
	else if (REFERENCE.test(name)) readReference(reader);
	else if (ASIDE.test(name)) readAside(reader, name);
	else if (/^[a-zA-Z]/.test(name)) readUnknown(reader, name.replace('*', ''));
	else readSign(reader, name);
}

function readLink(reader: Reader) {
	const href = unescaped(group(reader) ?? '');
	openNext(reader, isWebAddress(href) && !reader.style.href ? { href } : {});
}

function readUrl(reader: Reader) {
	const address = group(reader);
	if (address !== null) writeLink(reader, address);
}

/** An item's label stays, without its brackets. */
function readItem(reader: Reader) {
	write(reader, ' ');
	if (match(reader, /\s*\[(?=[^[\]]{0,80}\])/y)) reader.skip.add(reader.source.indexOf(']', reader.at));
}

/** Options of command lines keep their hyphens, as they do in type. */
function readMonospace(reader: Reader) {
	const plain = match(reader, /\{([^{}\\$~`']{0,400})\}/y);
	if (plain) write(reader, plain[1]!);
	else openNext(reader);
}

function readReference(reader: Reader) {
	const last = reader.pieces.at(-1);
	if (last && !last.formula) last.text = last.text.trimEnd();
	readArguments(reader);
}

function readAside(reader: Reader, name: string) {
	readArguments(reader);
	if (/^(begin|end)$/.test(name)) write(reader, ' ');
	if (name === 'begin') option(reader);
}

function readArguments(reader: Reader) {
	while (match(reader, /\s?\[[^[\]]{0,200}\]/y));
	if (group(reader) === null) match(reader, /\s+/y);
}

function readUnknown(reader: Reader, name: string) {
	if (SWITCHES.test(name)) reader.style.emphasis = true;
	match(reader, /\s?\[[^[\]{}\s]{0,60}\](?=\{)/y);
	const emphasis = reader.style.emphasis || ITALIC.test(name);
	const takesGroup = reader.source[reader.at] === '{' || ITALIC.test(name) || /^(text|mbox)/.test(name);
	if (takesGroup && openNext(reader, { emphasis })) return;
	if (match(reader, /\s+/y) && /[a-zA-Z0-9]$/.test(reader.pieces.at(-1)?.text ?? '')) write(reader, ' ');
}

function readSign(reader: Reader, name: string) {
	if (name === '\\') match(reader, /\s*\[\d[^\]]{0,20}\]/y);
	if (/[\\,;: >\s]/.test(name)) write(reader, ' ');
	else if (!/[-/!@]/.test(name)) write(reader, name);
}
