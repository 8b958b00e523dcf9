/** A place in a source. Readers move `at` forward only, which keeps them linear. */
export interface Cursor {
	source: string;
	at: number;
}

/** The index of the brace that closes the one at `open`, or -1. Escaped braces do not count. */
export function closing(source: string, open: number, limit = 5000): number {
	let depth = 0;
	const end = Math.min(source.length, open + limit);
	for (let at = open; at < end; at++) {
		const character = source.charCodeAt(at);
		if (character === 0x5c) at++;
		else if (character === 0x7b) depth++;
		else if (character === 0x7d && --depth === 0) return at;
	}
	return -1;
}

/** Reads a command's name after the backslash at the cursor: a run of letters, or one other character. */
export function commandName(cursor: Cursor): string {
	const name = match(cursor, /\\([a-zA-Z]+\*?|[^])/y)?.[1] ?? '';
	if (!name.endsWith('*') || name === '*' || STARRED.test(name)) return name;
	cursor.at--;
	return name.slice(0, -1);
}

const STARRED = /^(operatorname|DeclareMathOperator|hspace|vspace|cite[a-z]*|newcommand|tag|textsuperscript)\*$/;

/** Matches a sticky expression at the cursor and moves behind it. */
export function match(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
	pattern.lastIndex = cursor.at;
	const found = pattern.exec(cursor.source);
	if (found) cursor.at = pattern.lastIndex;
	return found;
}

/** Reads `{…}` after optional white space and gives what is inside, or null where no closed group stands. */
export function group(cursor: Cursor): string | null {
	let open = cursor.at;
	while (/\s/.test(cursor.source[open] ?? '')) open++;
	if (cursor.source[open] !== '{') return null;
	const close = closing(cursor.source, open);
	if (close < 0) return null;
	cursor.at = close + 1;
	return cursor.source.slice(open + 1, close);
}

/** Skips `[…]` where one stands directly at the cursor. */
export function option(cursor: Cursor): void {
	match(cursor, /\s?\[[^[\]]{0,200}\]/y);
}

/** The character of a code in hexadecimal; nothing for what is no character, or none that is shown. */
export function characterOf(code: string | undefined): string {
	const number = parseInt(code ?? '', 16);
	return number >= 32 && number <= 0x10ffff ? String.fromCodePoint(number).replace(/\p{C}/u, '') : '';
}
