import { Refused } from '#server/refused.ts';
import { withoutUnseen } from '#server/text/unseen.ts';

export type JsonObject = Record<string, unknown>;

/** A record from elsewhere while its fields are read, and what was found wrong with them. */
export interface Reading {
	record: JsonObject;
	/** What stands before a field's name in a reason: `organization.` for the fields of that object. */
	parent: string;
	reasons: string[];
}

const moments = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z)?$/;
// Without the white space among them. PostgreSQL takes no NUL, and a page none of the others.
const controls = /[\p{Cc}--[\t\n\r]]/v;

/**
 * Starts to read a record. The functions below each read one field: absent, null and blank are null, for not known; what
 * is wrong is remembered, so that whoever mends a file sees all of it at once (`refusalOf`).
 */
export function readingOf(record: JsonObject): Reading {
	return { record, parent: '', reasons: [] };
}

// A list of ten thousand names may be wrong in each of them.
const mostReasons = 20;

/** The refusal that says everything that is wrong with the record. */
export function refusalOf({ reasons }: Reading) {
	const more = reasons.length - mostReasons;
	const shown = more > 0 ? [...reasons.slice(0, mostReasons), `and ${counted(more)} more`] : reasons;
	return new Refused('invalid', shown.join('; '));
}

/** A text of at most so many characters (UTF-16 units), trimmed, and without what no reader sees. */
export function text(from: Reading, name: string, most: number) {
	const value = given(from, name);
	if (value === null) return null;
	if (typeof value !== 'string') return wrong(from, name, `is not a text but ${kindOf(value)}`);
	return soundText(from, name, value, most);
}

/** A text on one line, in single spaces. */
export function line(from: Reading, name: string, most: number) {
	return onOneLine(text(from, name, most));
}

/** A list of at most so many texts of at most so many characters, each on one line; blank ones are left out. */
export function lines(from: Reading, name: string, { most, longest }: { most: number; longest: number }): string[] {
	const value = given(from, name);
	if (value === null) return [];
	if (!Array.isArray(value)) return wrong(from, name, `is not a list but ${kindOf(value)}`) ?? [];
	if (value.length > most)
		return wrong(from, name, `has ${counted(value.length)} entries, and at most ${counted(most)} are taken`) ?? [];
	const at = value.findIndex((entry) => typeof entry !== 'string');
	if (at >= 0) return wrong(from, name, `has ${kindOf(value[at])} at place ${at + 1}, where a text belongs`) ?? [];
	return value.flatMap((entry: string) => onOneLine(soundText(from, name, entry, longest)) ?? []);
}

export function wholeNumber(from: Reading, name: string, { least, most }: { least: number; most: number }) {
	const value = given(from, name);
	if (value === null) return null;
	if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
	return wrong(from, name, `is not a whole number from ${counted(least)} to ${counted(most)}: ${quoted(value)}`);
}

/** A day (`2026-04-16`) or an instant of UTC (`2026-04-16T18:00:00Z`), as it stands. */
export function moment(from: Reading, name: string) {
	const value = text(from, name, 200);
	return value && !isMoment(value) ? wrong(from, name, `is not a date: ${quoted(value)}`) : value;
}

/** A list of moments, null where one is not known. */
export function momentsIn(from: Reading, name: string): (string | null)[] {
	const value = given(from, name);
	if (value === null) return [];
	if (!Array.isArray(value)) return wrong(from, name, `is not a list but ${kindOf(value)}`) ?? [];
	const at = value.findIndex((entry) => entry !== null && !(typeof entry === 'string' && isMoment(entry)));
	if (at >= 0) return wrong(from, name, `has at place ${at + 1} what is not a date: ${quoted(value[at])}`) ?? [];
	return value as (string | null)[];
}

/** The day of a moment; refused on a Saturday and a Sunday, which have no edition. */
export function weekday(from: Reading, name: string) {
	const day = moment(from, name)?.slice(0, 10) ?? null;
	const weekend = day && ({ 0: 'Sunday', 6: 'Saturday' } as Record<number, string>)[new Date(day).getUTCDay()];
	return weekend ? wrong(from, name, `is a ${weekend}, and editions have the days Monday to Friday: ${day}`) : day;
}

/** An address of the web. */
export function address(from: Reading, name: string) {
	const value = text(from, name, 2_000);
	if (!value) return null;
	// `https://arxiv.org@evil.example/` leads to the second host; and not all readers end a host at a backslash.
	if (/^https?:\/\/[^/?#]*@/.test(value)) return wrong(from, name, `has an account before its host: ${quoted(value)}`);
	if (/^https?:\/\/[^\s\\]+$/.test(value) && URL.canParse(value)) return value;
	return wrong(from, name, `is not an http or https address: ${quoted(value)}`);
}

export function flag(from: Reading, name: string) {
	const value = given(from, name);
	if (value === null || typeof value === 'boolean') return value;
	return wrong(from, name, `is neither true nor false but ${kindOf(value)}`);
}

/** An object within the record, to be read by the same functions. */
export function within(from: Reading, name: string): Reading | null {
	const value = given(from, name);
	if (value === null) return null;
	if (isObject(value)) return { record: value, parent: `${from.parent}${name}.`, reasons: from.reasons };
	return wrong(from, name, `is not an object but ${kindOf(value)}`);
}

/** What a record cannot do without. A field with another fault is not called missing as well. */
export function needed<T>(from: Reading, name: string, value: T | null): value is T {
	if (value !== null) return true;
	const isNamed = from.reasons.some((reason) => reason.startsWith(`${from.parent}${name} `));
	if (!isNamed) wrong(from, name, given(from, name) === null ? 'is missing' : 'is empty');
	return false;
}

/** Remembers a fault and stands for the value that is not there. */
export function wrong(from: Reading, name: string, fault: string): null {
	from.reasons.push(`${from.parent}${name} ${fault}`);
	return null;
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a reason repeats of a value: of a list or an object, which may hold anything however deep, only what it is. */
export function quoted(value: unknown) {
	if (Array.isArray(value)) return 'a list';
	if (isObject(value)) return 'an object';
	const json = JSON.stringify(value) ?? 'nothing';
	return json.length > 80 ? `${json.slice(0, 79).replace(/\p{Cs}$/u, '')}…` : json;
}

function given({ record }: Reading, name: string): unknown {
	return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}

function soundText(from: Reading, name: string, value: string, most: number) {
	if (value.length > most)
		return wrong(from, name, `has ${counted(value.length)} characters, and at most ${counted(most)} are taken`);
	const control = controls.exec(value)?.[0];
	if (control) return wrong(from, name, `has a control character (${codePoint(control)})`);
	if (!value.isWellFormed()) return wrong(from, name, 'has one half of a character of two (a lone surrogate)');
	return withoutUnseen(value).trim() || null;
}

function onOneLine(value: string | null) {
	return value && value.replace(/\s+/g, ' ');
}

function isMoment(value: string) {
	const [, day = '', time = 'T00:00:00Z'] = moments.exec(value) ?? [];
	const read = new Date(day + time);
	// An impossible day, such as 30 February, becomes another one.
	return day >= '1900' && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day);
}

function kindOf(value: unknown) {
	return typeof value === 'string' ? 'a text' : quoted(value);
}

function codePoint(character: string) {
	return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

function counted(value: number) {
	return value.toLocaleString('en');
}
