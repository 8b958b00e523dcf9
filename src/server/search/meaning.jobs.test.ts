import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makeRecord } from '#server/papers/make.ts';
import { recordPapers } from '#server/papers/record-papers.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { isMeaningToLearn, learnMeaning } from './meaning.jobs.ts';
import { keepMeaning, vectorsOf } from './meaning/stored-meaning.ts';
import { directionOf, likeness } from './meaning/word-vectors.ts';
import { NO_FILTERS } from './search-page.ts';
import { searchPapers } from './search-papers.ts';

async function takePapers(db: Db, titles: readonly string[]) {
	const records = titles.map((title, at) => makeRecord({ id: `2601.${10_000 + at}`, title, abstract: 'It is so.' }));
	await recordPapers(db, { records, now: new Date('2026-03-05T12:00:00Z') });
	while ((await countWords(db)).more);
}

const shipsAndBread = (papers: number) =>
	Array.from({ length: papers }, (_, at) => (at % 2 ? 'A ship in the harbour' : 'Bread of the oven'));

test('from enough papers it is learned how words are used, once, and kept as it was learned', async ({ db }) => {
	await takePapers(db, shipsAndBread(499));
	expect(await isMeaningToLearn(db)).toBe(false);
	await takePapers(db, shipsAndBread(500));
	expect(await isMeaningToLearn(db)).toBe(true);
	await learnMeaning(db);
	expect(await isMeaningToLearn(db)).toBe(false);
	const vectors = (await vectorsOf(db))!;
	expect(vectors.stems).toEqual(expect.arrayContaining(['ship', 'harbor', 'bread', 'oven']));
	const likenessOf = (one: string, other: string) =>
		likeness(directionOf([[one, 1]], vectors), directionOf([[other, 1]], vectors));
	expect(likenessOf('ship', 'harbor')).toBeGreaterThan(0.9);
	expect(likenessOf('ship', 'bread')).toBeLessThan(0.1);
});

test('where words find few papers, those near in meaning are added behind, and said to be', async ({ db }) => {
	await takePapers(db, ['A brigantine', 'A ship', 'A vessel', 'Bread of the oven']);
	const stems = ['brigantin', 'ship', 'vessel', 'bread'];
	const values = Int8Array.from([127, 0, 120, 20, 115, 30, 0, 127]);
	const vectors = { dimensions: 2, stems, values, scales: Float32Array.from([1, 1, 1, 1]) };
	await keepMeaning(db, { vectors, papers: 4, now: new Date() });
	const { results, count } = await searchPapers(db, {
		q: 'brigantine',
		filters: NO_FILTERS,
		sort: 'relevance',
		page: 1
	});
	expect(count).toBe(1);
	expect(results.map(({ paper, why }) => [paper.title, why])).toEqual([
		['A brigantine', expect.stringContaining('Found in title')],
		['A ship', 'Near in meaning, by other words'],
		['A vessel', 'Near in meaning, by other words']
	]);
});

test('a run that is told to stop writes nothing', async ({ db }) => {
	await takePapers(db, shipsAndBread(500));
	await learnMeaning(db, {}, AbortSignal.abort());
	expect(await db.selectFrom('meaning').selectAll().execute()).toEqual([]);
});
