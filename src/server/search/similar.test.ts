import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { similarTo } from './similar.ts';

async function makePapers(db: Db) {
	const made = [
		await makePaper(db, {
			title: 'Masked autoencoders',
			abstract: 'We mask patches of images.',
			authors: ['Kaiming He']
		}),
		await makePaper(db, { title: 'Autoencoders', abstract: 'Patches are masked.', authors: ['Kaiming He', 'Ann Lee'] }),
		await makePaper(db, { title: 'Masked patches', abstract: 'Autoencoders of patches.', authors: ['Bob Ray'] }),
		await makePaper(db, { title: 'Proteins fold', abstract: 'Proteins and their images.', authors: ['Eve Fox'] }),
		await makePaper(db, { title: 'Number theory', abstract: 'Primes.', authors: ['Kaiming He'] })
	];
	await countWords(db);
	return made.map(({ id }) => id) as [number, number, number, number, number];
}

const found = async (db: Db, ids: number[], limit = 10) =>
	(await similarTo(db, ids, { limit })).map(({ paper, why }) => [paper.id, why]);

test('the nearest papers come first, with the words and the authors that they share', async ({ db }) => {
	const [masked, autoencoders, patches, proteins] = await makePapers(db);
	expect(await found(db, [masked])).toEqual([
		[autoencoders, 'Shares autoencoders, masked, patches; also by Kaiming He'],
		[patches, 'Shares autoencoders, masked, patches'],
		[proteins, 'Shares images']
	]);
	expect(await found(db, [masked], 1)).toHaveLength(1);
});

test('near to several papers is what is near to them together, and none of them', async ({ db }) => {
	const [masked, autoencoders, patches, proteins] = await makePapers(db);
	const ids = (await found(db, [masked, proteins])).map(([id]) => id);
	expect(new Set(ids)).toEqual(new Set([autoencoders, patches]));
});

test('a paper that is not counted yet has similar papers', async ({ db }) => {
	const [masked, autoencoders] = await makePapers(db);
	const added = await makePaper(db, { title: 'Masked autoencoders anew', abstract: 'Sonification.' });
	expect((await found(db, [added.id])).map(([id]) => id)).toEqual(expect.arrayContaining([masked, autoencoders]));
});

test('nothing is near to no paper, to one that is not here, or to one without words', async ({ db }) => {
	await makePapers(db);
	const wordless = await makePaper(db, { title: '1 + 1', abstract: '2' });
	for (const ids of [[], [999_999_999], [wordless.id]]) expect(await found(db, ids)).toEqual([]);
});

test('of more than fifty papers the first fifty are taken', async ({ db }) => {
	const [masked] = await makePapers(db);
	expect((await found(db, [masked, ...Array.from({ length: 60 }, (_, at) => 1_000_000 + at)])).length).toBe(3);
});
