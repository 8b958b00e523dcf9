import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { completionsFor } from './completions.ts';

async function makePapers(db: Db) {
	await makePaper(db, {
		title: 'Masked autoencoders',
		authors: ['Kaiming He', 'Ross Girshick'],
		published: '2021-11-11'
	});
	await makePaper(db, { title: 'Masking images', authors: ['Jürgen Schmidhuber'], published: '2024-02-01' });
	await makePaper(db, { title: 'Masked images, twice', authors: ['Kaiming He'], published: '2023-02-01' });
	await makePaper(db, { title: 'Cats', abstract: 'Nothing here is masked.' });
	await countWords(db);
}

const titles = async (db: Db, typed: string) => (await completionsFor(db, typed)).titles.map(({ title }) => title);

test('the last word is completed by the words of most papers', async ({ db }) => {
	await makePapers(db);
	expect((await completionsFor(db, 'images maski')).words).toEqual(['masking']);
	expect((await completionsFor(db, 'MASK')).words).toEqual(['masked', 'masking']);
	expect((await completionsFor(db, 'masked ')).words).toEqual([]);
});

test('titles have all the words, the last in any form that it may become, the newest first', async ({ db }) => {
	await makePapers(db);
	expect(await titles(db, 'mas')).toEqual(['Masking images', 'Masked images, twice', 'Masked autoencoders']);
	expect(await titles(db, 'the masks of autoen')).toEqual(['Masked autoencoders']);
	expect(await titles(db, 'masked images ')).toEqual(['Masking images', 'Masked images, twice']);
	expect(await titles(db, 'cats masked')).toEqual([]);
});

test('a paper that is not counted yet is completed by what is typed in full', async ({ db }) => {
	await makePaper(db, { title: 'Novelties' });
	expect(await titles(db, 'novelties')).toEqual(['Novelties']);
});

test('authors are found by parts of their name, those of most papers first', async ({ db }) => {
	await makePapers(db);
	const authors = async (typed: string) => (await completionsFor(db, typed)).authors;
	expect(await authors('kaim')).toEqual([{ name: 'Kaiming He', path: '/authors/kaiming-he' }]);
	expect(await authors('he kai')).toHaveLength(1);
	expect(await authors('Schmidhü')).toEqual([{ name: 'Jürgen Schmidhuber', path: '/authors/jurgen-schmidhuber' }]);
	expect(await authors('ka')).toEqual([]);
});

test('categories are found by code and by name', async ({ db }) => {
	const codes = async (typed: string) => (await completionsFor(db, typed)).categories.map(({ code }) => code);
	expect(await codes('cs.c')).toEqual(['cs.CC', 'cs.CE', 'cs.CG', 'cs.CL']);
	expect(await codes('robo')).toEqual(['cs.RO']);
	expect(await codes('comp lang')).toContain('cs.CL');
	expect(await codes('c')).toEqual([]);
});

test('a named field is completed by what it is for', async ({ db }) => {
	await makePapers(db);
	expect(await completionsFor(db, 'mask author:"kaiming h')).toMatchObject({
		titles: [],
		words: [],
		categories: [],
		authors: [{ name: 'Kaiming He' }]
	});
	expect(await completionsFor(db, 'category:cs.ro')).toMatchObject({ authors: [], categories: [{ code: 'cs.RO' }] });
	expect(await completionsFor(db, 'title:autoenc')).toMatchObject({ authors: [], words: ['autoencoders'] });
});

test.for([
	'',
	' ',
	'%',
	'_',
	"'",
	'\\',
	'100%',
	'a',
	'the',
	'" OR (',
	'\u0000',
	"o'br",
	'mask'.repeat(5_000),
	'a b '.repeat(5_000)
])('%j is completed by nothing, without a fault', async (typed, { db }) => {
	await makePapers(db);
	expect((await completionsFor(db, typed)).titles).toEqual([]);
});
