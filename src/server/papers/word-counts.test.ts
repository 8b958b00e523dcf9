import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from './make.ts';
import { areWordsToCount, countWords } from './word-counts.jobs.ts';
import { noteWordProgress, wordProgress } from './word-progress.ts';
import { analysePapersAgain } from './words.jobs.ts';

async function words(db: Db) {
	const rows = await db.selectFrom('word').selectAll().orderBy('word').execute();
	return Object.fromEntries(rows.map(({ word, papers }) => [word, papers]));
}

async function names(db: Db) {
	const rows = await db.selectFrom('known_name').selectAll().orderBy('name_key').execute();
	return Object.fromEntries(rows.map(({ name_key, name, papers }) => [name_key, `${name}: ${papers}`]));
}

/** What is counted when nothing was counted before. */
async function countedAnew(db: Db) {
	await noteWordProgress(db, { analyser: 0 });
	await countWords(db);
	return { words: await words(db), names: await names(db) };
}

const texts = (title: string, abstract: string, authors: string[] = []) => ({ title, abstract, authors });

test('each word and each name is counted once a paper, and later papers are added', async ({ db }) => {
	await makePaper(db, texts('Masked k-means', 'A mask, a mask.', ['Ann Lee', 'Bo Ray']));
	expect(await areWordsToCount(db)).toBe(true);
	expect(await countWords(db)).toEqual({ more: false });
	expect(await areWordsToCount(db)).toBe(false);
	expect(await words(db)).toEqual({ a: 1, k: 1, kmeans: 1, mask: 1, masked: 1, means: 1 });
	await makePaper(db, texts('Masked nets', 'We mask.', ['A. Nother', 'ANN LEE']));
	expect(await words(db)).not.toHaveProperty('nets');
	await countWords(db);
	expect(await words(db)).toEqual({ a: 1, k: 1, kmeans: 1, mask: 2, masked: 2, means: 1, nets: 1, we: 1 });
	expect(await names(db)).toEqual({ 'a nother': 'A. Nother: 1', 'ann lee': 'Ann Lee: 2', 'bo ray': 'Bo Ray: 1' });
	const stems = await db.selectFrom('word').select('word').where('stem', '=', 'mask').orderBy('word').execute();
	expect(stems.map(({ word }) => word)).toEqual(['mask', 'masked']);
});

test('a counted paper that changes is counted as it is now, and one that is not counted yet later', async ({ db }) => {
	const { key } = await makePaper(db, { ...texts('Masked nets', 'We mask.', ['Ann Lee']), version: 1 });
	const other = await makePaper(db, texts('Other nets', 'We ask.', ['Ann Lee']));
	await countWords(db);
	await makePaper(db, { key, ...texts('Hidden nets', 'We hide.', ['Bo Ray']), version: 2 });
	expect(await words(db)).toEqual({ ask: 1, hidden: 1, hide: 1, nets: 2, other: 1, we: 2 });
	expect(await names(db)).toEqual({ 'ann lee': 'Ann Lee: 1', 'bo ray': 'Bo Ray: 1' });
	const third = await makePaper(db, { ...texts('Third', 'Third.'), version: 1 });
	await makePaper(db, { key: third.key, ...texts('Fourth', 'Third.'), version: 2 });
	await makePaper(db, { key: other.key, ...texts('Other nets', 'We ask.', ['Ann Lee']), comment: '9 pages' });
	await countWords(db);
	expect({ words: await words(db), names: await names(db) }).toEqual(await countedAnew(db));
});

test('words are counted up to the first paper that has none yet', async ({ db }) => {
	await makePaper(db, texts('One', 'One.'));
	const { id } = await makePaper(db, texts('Two', 'Two.'));
	await makePaper(db, texts('Three', 'Three.'));
	await sql`delete from paper_words where paper_id = ${id}`.execute(db);
	expect(await countWords(db)).toEqual({ more: false });
	expect(await words(db)).toEqual({ one: 1 });
	await analysePapersAgain(db);
	await countWords(db);
	expect(await words(db)).toEqual({ one: 1, two: 1, three: 1 });
});

test('another analyser counts from the beginning', async ({ db }) => {
	await makePaper(db, texts('One', 'One.'));
	await countWords(db);
	await sql`insert into word (word, stem, papers) values ('stale', 'stale', 7)`.execute(db);
	await noteWordProgress(db, { analyser: 0 });
	await countWords(db);
	expect(await words(db)).toEqual({ one: 1 });
});

test('a count that is cut off goes on where it was, and none is counted twice', async ({ db }) => {
	const long = (first: number) => Array.from({ length: 300 }, (_, place) => `w${first + place}`).join(' ');
	for (const first of [0, 200, 400]) await makePaper(db, texts('Title', long(first)));
	let asked = 0;
	const signal = {
		get aborted() {
			return (asked += 1) > 1;
		}
	} as AbortSignal;
	expect(await countWords(db, {}, signal)).toEqual({ more: true });
	const cutOff = await wordProgress(db);
	expect(cutOff).toMatchObject({ counted: 0, done: 400 });
	await makePaper(db, texts('Title', 'Later.'));
	expect(await countWords(db)).toEqual({ more: false });
	expect(await wordProgress(db)).toMatchObject({ counted: cutOff.counting + 1, done: 0 });
	const after = await words(db);
	expect(after).toMatchObject({ title: 4, w0: 1, w250: 2, w450: 2, w699: 1, later: 1 });
	expect({ words: after, names: await names(db) }).toEqual(await countedAnew(db));
});

test('two who count at once count each paper once', async ({ committed: db }) => {
	for (let made = 0; made < 5; made += 1) await makePaper(db, texts(`Title ${made}`, 'We mask.'));
	await Promise.all([countWords(db), countWords(db)]);
	await countWords(db);
	expect(await words(db)).toMatchObject({ mask: 5, title: 5 });
	expect(await areWordsToCount(db)).toBe(false);
});
