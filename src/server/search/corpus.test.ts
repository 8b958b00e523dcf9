import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { corpusFor } from './corpus.ts';

test('the papers are told in numbers, without stop words', async ({ db }) => {
	await makePaper(db, { title: 'The masks', abstract: 'A mask is a mask.' });
	await makePaper(db, { title: 'Masked images of cats', abstract: 'Cats.' });
	await countWords(db);
	const corpus = await corpusFor(db, ['mask', 'cat', 'dog']);
	expect(corpus).toMatchObject({ papers: 2, averageTitle: 2, averageAbstract: 1.5 });
	expect(['mask', 'cat', 'dog', 'imag'].map((stem) => corpus.papersWith(stem))).toEqual([2, 1, 0, 0]);
});

test('of no papers there is nothing to tell', async ({ db }) => {
	expect(await corpusFor(db, [])).toMatchObject({ papers: 0, averageTitle: 0, averageAbstract: 0 });
});
