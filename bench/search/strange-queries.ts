import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { type Chance, oneOf } from '../relevance/chance.ts';

/** Words that the papers have. */
export interface Words {
	/** The commonest first. */
	common: string[];
	any: string[];
}

export async function wordsToAsk(db: Db): Promise<Words> {
	const { rows: common } = await sql<{ word: string }>`select word from word order by papers desc limit 64`.execute(db);
	const { rows: any } = await sql<{ word: string }>`select word from word where length(word) > 2 limit 5000`.execute(
		db
	);
	return { common: common.map(({ word }) => word), any: any.map(({ word }) => word) };
}

const SIGNS = [
	...`"'()[]{}*?+-|&!:;,.<>=~^$%#@\\/_\``,
	'\0',
	'\u0007',
	'\u200b',
	'\u202e',
	'\ud800',
	'😀',
	'漢',
	'é',
	'ß',
	'β'
];
const FIELDS = [
	'title',
	'abstract',
	'author',
	'ti',
	'au',
	'abs',
	'cat',
	'all',
	'category',
	'org',
	'id',
	'year',
	'date',
	'has'
];
const VALUES = [
	'cs.*',
	'cs.CV',
	'2023..2025',
	'..',
	'>1',
	'code',
	'cc-by',
	'2602.05640',
	'0..9999',
	'2024-01',
	'(a OR b)',
	'""'
];
const OPERATORS = ['OR', 'AND', 'NOT', 'ANDNOT', '-', '|', '&', ''];

/** What nobody asks, but somebody may send. */
export function queryOf(chance: Chance, words: Words): string {
	const word = () => oneOf(chance, chance() < 0.5 ? words.common : words.any);
	const some = (most: number) => 1 + Math.floor(chance() * most);
	const times = (count: number, make: () => string, between = ' ') => Array.from({ length: count }, make).join(between);
	return oneOf(chance, [
		() => times(some(300), () => oneOf(chance, SIGNS), ''),
		() => times(some(40), word),
		() => words.common.slice(0, 32).join(' '),
		() => words.common.slice(0, some(64)).join(' OR '),
		() => times(500, word),
		() => times(some(12), () => `"${times(some(5), word)}"`),
		() => times(some(12), () => `-${word()}`),
		() => times(some(20), () => `${oneOf(chance, OPERATORS)} ${word()}`),
		() => times(some(8), () => `${oneOf(chance, FIELDS)}:${oneOf(chance, [word(), oneOf(chance, VALUES)])}`),
		() => `${'('.repeat(some(1_000))}${word()}${')'.repeat(some(1_000))}`,
		() => nested(some(30), word, chance),
		() => times(some(32), () => oneOf(chance, ['a', 'of', 'the', 'in', 'and', 'we'])),
		() => times(some(16), () => misspelt(word(), chance)),
		() => times(some(3_000), () => oneOf(chance, [...'abcdefghijklmnop']), ''),
		() => times(some(16), () => `${word()}-${word()}-${word()}`),
		() => `'; drop table paper; -- ${word()} % _ (a+)+$ .*.*.*`,
		() => times(10_000, () => String.fromCodePoint(32 + Math.floor(chance() * 60_000)), '')
	])();
}

function nested(depth: number, word: () => string, chance: Chance): string {
	if (depth === 0) return word();
	return `(${word()} ${oneOf(chance, OPERATORS)} ${nested(depth - 1, word, chance)})`;
}

function misspelt(word: string, chance: Chance) {
	const at = Math.floor(chance() * word.length);
	return word.slice(0, at) + oneOf(chance, [...'aeiouxyz']) + word.slice(at + 1);
}
