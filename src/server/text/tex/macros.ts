import { commandName, group, match, type Cursor } from './cursor.ts';

interface Macro {
	arguments: number;
	body: string;
}

const DEFINES = /\\(?:(?:re|provide)?newcommand|DeclareMathOperator|def|let)(?![a-zA-Z])/;
/** Applying a record's own macros may lengthen it by this much, and no more. */
const ROOM = 20_000;

/** A text with the macros it defines applied and their definitions gone. */
export function withMacrosApplied(source: string): string {
	if (!DEFINES.test(source)) return source;
	const macros = new Map<string, Macro>();
	const rest = withoutDefinitions(source, macros);
	return macros.size === 0 ? rest : applied(rest, macros);
}

function withoutDefinitions(source: string, macros: Map<string, Macro>) {
	const cursor: Cursor = { source, at: 0 };
	let rest = '';
	while (cursor.at < source.length) {
		const next = source.indexOf('\\', cursor.at);
		if (next < 0) break;
		rest += source.slice(cursor.at, next);
		cursor.at = next;
		const definition = readDefinition(cursor);
		if (definition) macros.set(...definition);
		else {
			cursor.at = Math.min(next + 2, source.length);
			rest += source.slice(next, cursor.at);
		}
	}
	return rest + source.slice(cursor.at);
}

function readDefinition(cursor: Cursor): [string, Macro] | null {
	const kind = commandName(cursor);
	if (kind === 'def') {
		const head = match(cursor, /\s*\\([a-zA-Z]+)\s*((?:#\d)*)\s*(?=\{)/y);
		const body = head && group(cursor);
		return head && body !== null ? [head[1]!, { arguments: head[2]!.length / 2, body: body! }] : null;
	}
	if (!/^((re|provide)?newcommand|DeclareMathOperator)\*?$/.test(kind)) return null;
	const name = match(cursor, /\*?\s*(?:\{\s*\\([a-zA-Z]+)\s*\}|\\([a-zA-Z]+))/y);
	const count = match(cursor, /\s*\[(\d)\](?:\s*\[[^\]]*\])?/y);
	const body = name && group(cursor);
	if (!name || body === null) return null;
	const shown = kind.startsWith('Declare') ? `\\operatorname{${body}}` : body!;
	return [(name[1] ?? name[2])!, { arguments: Number(count?.[1] ?? 0), body: shown.replaceAll('##', '#') }];
}

function applied(source: string, macros: Map<string, Macro>) {
	const most = source.length + ROOM;
	let text = source;
	for (let round = 0; round < 4; round++) {
		const next = appliedOnce(text, macros, most);
		if (next === text) break;
		text = next;
	}
	return text;
}

function appliedOnce(source: string, macros: Map<string, Macro>, most: number) {
	const cursor: Cursor = { source, at: 0 };
	let out = '';
	while (cursor.at < source.length && out.length < most) {
		const next = source.indexOf('\\', cursor.at);
		if (next < 0) break;
		out += source.slice(cursor.at, next);
		cursor.at = next;
		const macro = macros.get(commandName(cursor));
		// A backslash that ends the text names nothing.
		cursor.at = Math.max(cursor.at, next + 1);
		if (!macro) out += source.slice(next, cursor.at);
		else out += `{${filled(macro, cursor)}}`;
	}
	return out + source.slice(cursor.at);
}

function filled({ arguments: count, body }: Macro, cursor: Cursor) {
	if (count === 0) match(cursor, /[ \n]+(?=[a-zA-Z])/y);
	const values = Array.from({ length: count }, () => group(cursor) ?? '');
	return body.replace(/#(\d)/g, (whole, digit: string) => values[Number(digit) - 1] ?? whole);
}
