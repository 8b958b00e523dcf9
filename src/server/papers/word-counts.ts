import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { nameKey } from '#server/text/names.ts';
import { stemOf } from '#server/text/words.ts';
import { sectionsOf } from './paper-words.ts';

/** By how much there are more papers with a word or a name. */
export interface Count {
	of: 'word' | 'name';
	/** The word; the key of the name. */
	key: string;
	/** The stem of the word; the name as it is spelled. */
	says: string;
	by: number;
}

/** A paper as it is counted: the row of its words, and its authors' names. */
export interface CountedPaper {
	words: string;
	authors: readonly string[];
}

/** Counts added up. */
export type Sums = Map<string, Count>;

/** Adds the words of a paper's title and abstract and its authors' names, each once. */
export function addPaper(sums: Sums, { words, authors }: CountedPaper, by = 1) {
	const { title, abstract, titleCompounds, abstractCompounds } = sectionsOf(words);
	for (const word of new Set([...title, ...abstract, ...titleCompounds, ...abstractCompounds]))
		add(sums, { of: 'word', key: word, by }, stemOf);
	for (const [key, name] of new Map(authors.map((one) => [nameKey(one), one])))
		add(sums, { of: 'name', key, by }, () => name);
}

function add(sums: Sums, { of, key, by }: Omit<Count, 'says'>, says: (key: string) => string) {
	const id = `${of} ${key}`;
	const sum = sums.get(id);
	if (sum) sum.by += by;
	else sums.set(id, { of, key, by, says: says(key) });
}

/** By how much a paper is counted otherwise, once it has other words and names. */
export function difference(before: CountedPaper, after: CountedPaper): Count[] {
	const sums: Sums = new Map();
	addPaper(sums, before, -1);
	addPaper(sums, after);
	return [...sums.values()].filter(({ by }) => by !== 0);
}

/** The counts of several papers as those of all. */
export function summedUp(counts: readonly Count[]): Count[] {
	const sums: Sums = new Map();
	for (const { says, ...count } of counts) add(sums, count, () => says);
	return inOrder(sums);
}

/** In a fixed order, so that a part of them is the same part the next time. */
export function inOrder(sums: Sums): Count[] {
	return [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, count]) => count);
}

/**
 * Takes counts into account, each word and name once among them. Belongs into a transaction that has taken its turn: two would
 * wait for each other's rows.
 */
export async function addCounts(tx: Db, counts: readonly Count[]) {
	const columns = { word: ['word', 'word', 'stem'], name: ['known_name', 'name_key', 'name'] } as const;
	for (const [of, [table, key, says]] of Object.entries(columns)) {
		const names = { table: sql.table(table), key: sql.ref(key), says: sql.ref(says) };
		const ofTable = counts.filter((count) => count.of === of);
		await addMore(tx, { ...names, counts: ofTable.filter(({ by }) => by > 0) });
		await takeFewer(tx, { ...names, counts: ofTable.filter(({ by }) => by < 0) });
	}
}

interface OfTable {
	table: ReturnType<typeof sql.table>;
	key: ReturnType<typeof sql.ref>;
	says: ReturnType<typeof sql.ref>;
	counts: readonly Count[];
}

async function addMore(tx: Db, { table, key, says, counts }: OfTable) {
	if (counts.length === 0) return;
	const [keys, saying, more] = [
		counts.map((count) => count.key),
		counts.map((count) => count.says),
		counts.map(({ by }) => by)
	];
	await sql`insert into ${table} (${key}, ${says}, papers)
		select * from unnest(${keys}::text[], ${saying}::text[], ${more}::integer[])
		on conflict (${key}) do update set papers = ${table}.papers + excluded.papers`.execute(tx);
}

async function takeFewer(tx: Db, { table, key, counts }: OfTable) {
	if (counts.length === 0) return;
	const [keys, fewer] = [counts.map((count) => count.key), counts.map(({ by }) => -by)];
	await sql`update ${table} set papers = greatest(papers - gone.by, 0)
		from unnest(${keys}::text[], ${fewer}::integer[]) gone (key, by) where ${key} = gone.key`.execute(tx);
	await sql`delete from ${table} where ${key} = any(${keys}::text[]) and papers = 0`.execute(tx);
}
