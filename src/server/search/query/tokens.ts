import type { AttributeName, Field, RangeName } from './tree.ts';

export type FieldName = Field | AttributeName | RangeName;
export type Operator = 'AND' | 'OR' | 'NOT';

export type Token =
	| { kind: 'open'; field: FieldName | null }
	| { kind: 'close' }
	| { kind: 'operator'; operator: Operator; typed: string }
	/** `typed` is all of it, with its field and its quotation marks. */
	| { kind: 'text'; field: FieldName | null; text: string; isQuoted: boolean; typed: string }
	/** A field without a value, or one that is not known: words. */
	| { kind: 'odd'; typed: string }
	/** A quotation mark without its other half. */
	| { kind: 'stray'; typed: string };

/** What may stand before a colon; the short ones, `all` and submittedDate are arXiv's (info.arxiv.org/help/api/user-manual.html). */
const FIELDS: ReadonlyMap<string, FieldName> = new Map([
	...named('title', 'title ti'),
	...named('abstract', 'abstract abs'),
	...named('author', 'author au'),
	...named('any', 'any all'),
	...named('category', 'category cat'),
	...named('organisation', 'org organisation organization'),
	...named('id', 'id'),
	...named('year', 'year'),
	...named('date', 'date submitteddate'),
	...named('has', 'has'),
	...named('version', 'version'),
	...named('licence', 'licence license')
]);
/** Capital letters make an operator; `or` is a word. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map([
	['AND', 'AND'],
	['OR', 'OR'],
	['NOT', 'NOT'],
	['ANDNOT', 'NOT']
]);

// Each is tried where the text stands and nowhere else, so that reading stays linear.
const SPACE = /\s+/y;
const WORD = /[^\s"()]+/y;
const NAMED = /([a-z_]{2,20}):(?!\/\/)/iy;
const BRACKETS = /\[\s*([^\s\]"()]{1,20})\s+TO\s+([^\s\]"()]{1,20})\s*\]/iy;

interface Read {
	token: Token;
	end: number;
}

/** The pieces of a query in order. `q` is one line, with `"` as its only quotation mark. */
export function tokensOf(q: string): Token[] {
	const tokens: Token[] = [];
	let at = after(SPACE, q, 0);
	while (at < q.length) {
		const { token, end } = tokenAt(q, at);
		tokens.push(token);
		at = after(SPACE, q, end);
	}
	return tokens;
}

export function isOperator(text: string) {
	return OPERATORS.has(text);
}

function tokenAt(q: string, at: number): Read {
	if (q[at] === '(') return { token: { kind: 'open', field: null }, end: at + 1 };
	if (q[at] === ')') return { token: { kind: 'close' }, end: at + 1 };
	if (isMinus(q, at)) return { token: { kind: 'operator', operator: 'NOT', typed: '-' }, end: at + 1 };
	return fieldAt(q, at) ?? quotedAt(q, at, at, null) ?? wordAt(q, at, at, null)!;
}

/** A hyphen excludes where something follows it and nothing stands right before it. */
function isMinus(q: string, at: number) {
	return q[at] === '-' && /[^\s)]/.test(q[at + 1] ?? ' ') && /[\s(-]/.test(q[at - 1] ?? ' ');
}

function fieldAt(q: string, at: number): Read | null {
	const name = match(NAMED, q, at)?.[1];
	if (!name) return null;
	const end = at + name.length + 1;
	const field = FIELDS.get(name.toLowerCase());
	if (!field) return /[^\s):]/.test(q[end] ?? ' ') ? oddAt(q, at) : null;
	// "author: xie" is meant as it is read, but a title may begin "Abstract: …".
	const value = name === name.toLowerCase() ? after(SPACE, q, end) : end;
	if (q[value] === '(') return { token: { kind: 'open', field }, end: value + 1 };
	const found = bracketsAt(q, value, at, field) ?? quotedAt(q, value, at, field) ?? wordAt(q, value, at, field);
	return found ?? { token: { kind: 'odd', typed: q.slice(at, end) }, end };
}

function oddAt(q: string, at: number): Read {
	const end = after(WORD, q, at);
	return { token: { kind: 'odd', typed: q.slice(at, end) }, end };
}

function bracketsAt(q: string, at: number, start: number, field: FieldName): Read | null {
	const [whole, from = '', to = ''] = match(BRACKETS, q, at) ?? [];
	if (!whole) return null;
	const end = at + whole.length;
	const text = `${from.replace('*', '')}..${to.replace('*', '')}`;
	return { token: { kind: 'text', field, text, isQuoted: false, typed: q.slice(start, end) }, end };
}

function quotedAt(q: string, at: number, start: number, field: FieldName | null): Read | null {
	if (q[at] !== '"') return null;
	const end = q.indexOf('"', at + 1);
	if (end < 0) return { token: { kind: 'stray', typed: q.slice(start, at + 1) }, end: at + 1 };
	const text = q.slice(at + 1, end).trim();
	return { token: { kind: 'text', field, text, isQuoted: true, typed: q.slice(start, end + 1) }, end: end + 1 };
}

function wordAt(q: string, at: number, start: number, field: FieldName | null): Read | null {
	const end = after(WORD, q, at);
	if (end === at) return null;
	const text = q.slice(at, end);
	const operator = field ? undefined : OPERATORS.get(text);
	if (operator) return { token: { kind: 'operator', operator, typed: text }, end };
	return { token: { kind: 'text', field, text, isQuoted: false, typed: q.slice(start, end) }, end };
}

function named(field: FieldName, spellings: string) {
	return spellings.split(' ').map((spelling) => [spelling, field] as const);
}

function match(pattern: RegExp, q: string, at: number) {
	pattern.lastIndex = at;
	return pattern.exec(q);
}

function after(pattern: RegExp, q: string, at: number) {
	return at + (match(pattern, q, at)?.[0].length ?? 0);
}
