import type { Leaf, RangeName } from './tree.ts';

type Range = Extract<Leaf, { kind: 'range' }>;

/** The first and the last year, day or version that a value stands for. */
interface Span {
	first: string;
	last: string;
}

/** Nobody asks for the versions beyond; so few can be listed. */
export const MOST_VERSIONS = 30;

const SPANS: Readonly<Record<RangeName, (text: string) => Span | null>> = {
	year: yearIn,
	date: daysIn,
	version: versionIn
};

/** `2023`, `2023..2025`, `2023..`, `..2020`, `>2020`, `<=2020` in years, days or versions; null for anything else. */
export function rangeOf(name: RangeName, text: string): Range | null {
	const spanOf = SPANS[name];
	const [, sign, bound] = /^(>=?|<=?)\s?(.+)$/.exec(text) ?? [];
	if (sign && bound) return beyond(name, sign, spanOf(bound));
	const [first = '', second, third] = text.split(/\.{2,3}|…|(?<=^\d{4})-(?=\d{4}$)/, 3);
	if (second === undefined) return between(name, spanOf(first), spanOf(first));
	if (third !== undefined || first + second === '') return null;
	return between(name, first === '' ? 'open' : spanOf(first), second === '' ? 'open' : spanOf(second));
}

/** As short as it can be said: `2023`, `2024-01`, `2023..2025`. */
export function printedRange({ name, from, to }: Range): string {
	const whole =
		from && to && [from, from.slice(0, 7), from.slice(0, 4)].findLast((text) => isSpan(name, text, { from, to }));
	return whole || `${from ?? ''}..${to ?? ''}`;
}

function isSpan(name: RangeName, text: string, { from, to }: { from: string; to: string }) {
	const span = SPANS[name](text);
	return span?.first === from && span.last === to;
}

function between(name: RangeName, first: Span | 'open' | null, second: Span | 'open' | null): Range | null {
	if (!first || !second) return null;
	const [from, to] = [first === 'open' ? null : first.first, second === 'open' ? null : second.last];
	// The other way round is meant the right way round.
	if (first !== 'open' && second !== 'open' && order(first.first, second.first) > 0)
		return { kind: 'range', name, from: second.first, to: first.last };
	return { kind: 'range', name, from, to };
}

function beyond(name: RangeName, sign: string, span: Span | null): Range | null {
	if (!span) return null;
	if (sign === '>=') return { kind: 'range', name, from: span.first, to: null };
	if (sign === '<=') return { kind: 'range', name, from: null, to: span.last };
	const next = sign === '>' ? SPANS[name](stepped(name, span.last, 1)) : SPANS[name](stepped(name, span.first, -1));
	if (!next) return null;
	return { kind: 'range', name, from: sign === '>' ? next.first : null, to: sign === '>' ? null : next.last };
}

function stepped(name: RangeName, value: string, by: 1 | -1) {
	if (name !== 'date') return String(Number(value) + by);
	const day = new Date(`${value}T00:00:00Z`);
	day.setUTCDate(day.getUTCDate() + by);
	return day.toISOString().slice(0, 10);
}

function order(one: string, other: string) {
	return one.length - other.length || (one < other ? -1 : Number(one > other));
}

function yearIn(text: string): Span | null {
	return /^[1-9]\d{3}$/.test(text) ? { first: text, last: text } : null;
}

function versionIn(text: string): Span | null {
	const number = /^v?([1-9]\d?)$/i.exec(text)?.[1];
	return number && Number(number) <= MOST_VERSIONS ? { first: number, last: number } : null;
}

/** 2024, 2024-01, 2024-01-15, or arXiv's 202401150600, of which the hour is not known here. */
function daysIn(text: string): Span | null {
	const [, year, month, day] =
		/^([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ??
		/^([1-9]\d{3})(\d\d)(?:(\d\d)(?:\d{4}|\d{6})?)?$/.exec(text) ??
		[];
	if (!year) return null;
	const first = `${year}-${month ?? '01'}-${day ?? '01'}`;
	const last = day ? first : lastDay(Number(year), month ? Number(month) : 12);
	return isDay(first) && isDay(last) ? { first, last } : null;
}

function lastDay(year: number, month: number) {
	const last = new Date(Date.UTC(year, month, 0));
	return last.toISOString().slice(0, 10);
}

function isDay(text: string) {
	const day = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
