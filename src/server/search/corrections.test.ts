import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { correctionsFor, likelierThan } from './corrections.ts';

async function makePapers(db: Db) {
	await makePaper(db, { title: 'A transformer with a mask', authors: ['Jürgen Schmidhuber'] });
	await makePaper(db, { title: 'Transformers make masks', abstract: 'Convolutional networks.' });
	await makePaper(db, { title: 'Make cats', abstract: 'We make them.' });
	await countWords(db);
}

const corrected = async (db: Db, word: string) => (await correctionsFor(db, [word])).get(word)?.[0];

test.for([
	['trasnformer', 'transformer'],
	['trnasfromer', 'transformer'],
	['maks', 'mask'],
	['convlutional', 'convolutional'],
	['Schmidhuner', 'schmidhuber'],
	['schimdhuber', 'schmidhuber'],
	['juregn', 'jurgen']
])('%s is read as %s', async ([typed, meant], { db }) => {
	await makePapers(db);
	expect(await corrected(db, typed!)).toBe(meant);
});

test('a word that any paper has is left as it is, in whatever form, in names, and before it is counted', async ({
	db
}) => {
	await makePapers(db);
	await makePaper(db, { title: 'Trasnformer' });
	const words = ['masks', 'masking', 'Schmidhüber', 'trasnformer', 'make', 'cat'];
	expect(await correctionsFor(db, words)).toEqual(new Map());
});

test('what is near to nothing, too short, a number or a stop word is left as it is', async ({ db }) => {
	await makePapers(db);
	expect(await correctionsFor(db, ['xyzzy', 'cta', 'ma', 'gpt4', '2024', 'hte', 'teh', 'with', '', '%', "'"])).toEqual(
		new Map()
	);
});

test('three letters are read as a word that far more papers have', async ({ db }) => {
	await makePapers(db);
	await db.updateTable('word').set({ papers: 5_000 }).where('word', '=', 'cats').execute();
	expect(await corrected(db, 'cts')).toBe('cats');
});

test('the more common of two that are as near comes first', async ({ db }) => {
	await makePaper(db, { title: 'Sparse planning' });
	await makePaper(db, { title: 'Planting', abstract: 'Planting.' });
	await makePaper(db, { title: 'Planting again' });
	await countWords(db);
	expect((await correctionsFor(db, ['plansing'])).get('plansing')).toEqual(['planting', 'planning']);
});

test('hundreds of words are not all corrected', async ({ db }) => {
	await makePapers(db);
	const words = Array.from({ length: 500 }, () => 'trasnformer').map((word, at) => word + 'x'.repeat(at % 30));
	expect((await correctionsFor(db, words)).size).toBeLessThan(33);
});

test('a word that hardly any paper has is offered as one that very many have', async ({ db }) => {
	await makePaper(db, { title: 'Maks and a mask', authors: ['Ann Msak'] });
	await countWords(db);
	await db.updateTable('word').set({ papers: 200 }).where('word', '=', 'mask').execute();
	expect(await likelierThan(db, ['maks', 'mask', 'msak'])).toEqual(new Map([['maks', 'mask']]));
	await db.updateTable('word').set({ papers: 199 }).where('word', '=', 'mask').execute();
	expect(await likelierThan(db, ['maks'])).toEqual(new Map());
});
