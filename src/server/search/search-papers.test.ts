import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makeRecord } from '#server/papers/make.ts';
import { recordPapers } from '#server/papers/record-papers.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { NO_FILTERS, type Search } from './search-page.ts';
import { searchPapers } from './search-papers.ts';

const now = new Date('2026-03-05T12:00:00Z');

/** Papers with what each test names, in order; gives their keys. */
async function take(db: Db, papers: Record<string, unknown>[]) {
	const records = papers.map((fields, at) => makeRecord({ id: `2603.${10_000 + at}`, ...fields }));
	await recordPapers(db, { records, now });
	while ((await countWords(db)).more);
	return records.map(({ key }) => key);
}

function search(db: Db, q: string, more: Partial<Search> = {}) {
	return searchPapers(db, { q, filters: NO_FILTERS, sort: 'relevance', page: 1, ...more });
}

async function keysFor(db: Db, q: string, more?: Partial<Search>) {
	return (await search(db, q, more)).results.map(({ paper }) => paper.key);
}

test('a paper that was taken in is found by the next search', async ({ db }) => {
	expect(await keysFor(db, 'protein folding')).toEqual([]);
	await recordPapers(db, { records: [makeRecord({ title: 'Folding proteins fast' })], now });
	expect(await keysFor(db, 'protein folding')).toEqual(['2603.06640']);
});

test('papers with all words are counted, and apart from them those with some', async ({ db }) => {
	await take(db, [
		{ title: 'Masked images' },
		{ title: 'Masks of actors' },
		{ title: 'An image of the sky' },
		{ title: 'Stars' }
	]);
	const page = await search(db, 'masked image');
	expect(page).toMatchObject({ count: 1, countIsExact: true, more: 2, moreIsExact: true, papers: 4 });
	expect(page.results[0]!.paper.key).toBe('2603.10000');
	expect(page.results).toHaveLength(3);
	expect(page.alsoCounted).toEqual(expect.arrayContaining(['images', 'masks']));
});

test('what matches is marked in title and abstract, and why a paper is here is said', async ({ db }) => {
	await take(db, [
		{ title: 'Masked images', abstract: 'We mask images. Nothing else is done. Then a mask is learnt.' }
	]);
	const [result] = (await search(db, 'mask')).results;
	expect(result).toMatchObject({
		title: { html: '<mark>Masked</mark> images' },
		why: 'Found in title, and twice in the abstract'
	});
	expect(result!.passages.map(({ html }) => html)).toEqual([
		'We <mark>mask</mark> images.',
		'… Then a <mark>mask</mark> is learnt.'
	]);
});

test('a word that no paper has is read as the nearest that some have, unless it is quoted', async ({ db }) => {
	await take(db, [{ title: 'A transformer' }, { title: 'Transformers again' }]);
	const page = await search(db, 'trasnformer');
	expect(page.correction).toEqual({
		from: 'trasnformer',
		to: 'transformer',
		q: 'transformer'
	});
	expect(page.count).toBe(2);
	expect(page.results[0]!.why).toContain('spelled “transformer”');
	expect(await search(db, 'trasnformer', { exact: true })).toMatchObject({ correction: null, count: 0 });
	expect(await search(db, '"trasnformer"')).toMatchObject({ correction: null, count: 0 });
});

test('an author is found by the name alone, however it is spelled', async ({ db }) => {
	const [key] = await take(db, [{ authors: ['Jürgen Schmidhuber', 'A. Other'] }, { authors: ['A. Other'] }]);
	for (const q of ['Schmidhuber', 'Schmidhüber', 'au:schmidhuber', 'author:"Jürgen Schmidhuber"'])
		expect(await keysFor(db, q), q).toEqual([key]);
	expect((await search(db, 'schmidhuber')).results[0]!.why).toBe('Found among the authors');
});

test('an id or an address leads to its paper, and is searched for where it is not here', async ({ db }) => {
	await take(db, [{ id: '2401.12345' }]);
	expect((await search(db, 'https://arxiv.org/abs/2401.12345v2')).goTo).toBe('/papers/2401.12345');
	expect(await search(db, '2401.99999')).toMatchObject({ goTo: null, count: 0 });
});

test('filters narrow, and a facet with a choice counts what the other filters leave', async ({ db }) => {
	await take(db, [
		{ title: 'Mask one', published: '2024-01-05', categories: ['cs.CV'] },
		{ title: 'Mask two', published: '2025-01-05', categories: ['cs.CV', 'cs.LG'] },
		{ title: 'Mask three', published: '2025-02-05', categories: ['cs.CL'] },
		{ title: 'Something else', published: '2025-02-05', categories: ['cs.CV'] }
	]);
	const page = await search(db, 'mask', { filters: { ...NO_FILTERS, year: ['2025'], category: ['cs.CV', 'cs.CL'] } });
	expect(page.results.map(({ paper }) => paper.title).toSorted()).toEqual(['Mask three', 'Mask two']);
	const facet = (name: string) => page.facets.find((one) => one.name === name)!.values;
	expect(facet('year')).toEqual([
		{ value: '2025', label: '2025', papers: 2, isChosen: true },
		{ value: '2024', label: '2024', papers: 1, isChosen: false }
	]);
	expect(facet('category').map(({ value, papers, isChosen }) => [value, papers, isChosen])).toEqual([
		['cs.CL', 1, true],
		['cs.CV', 1, true],
		['cs.LG', 1, false]
	]);
});

test('by day, a list has the papers with all words, page by page', async ({ db }) => {
	await take(
		db,
		Array.from({ length: 45 }, (_, at) => ({
			title: `Mask ${at}`,
			published: `2025-01-${String((at % 28) + 1).padStart(2, '0')}`
		}))
	);
	const days = async (page: number, sort: Search['sort']) =>
		(await search(db, 'mask', { sort, page })).results.map(({ paper }) => paper.published!);
	const all = [...(await days(1, 'newest')), ...(await days(2, 'newest')), ...(await days(3, 'newest'))];
	expect(all).toHaveLength(45);
	expect(all).toEqual(all.toSorted().toReversed());
	expect((await days(1, 'oldest'))[0]).toBe('2025-01-01');
	expect(await search(db, 'mask', { page: 99_999 })).toMatchObject({ page: 3, pages: 3 });
});

test('without words the newest papers are listed', async ({ db }) => {
	await take(db, [{ published: '2025-01-05' }, { published: '2026-01-05' }, {}]);
	expect(await keysFor(db, '')).toEqual(['2603.10001', '2603.10000', '2603.10002']);
	expect(await search(db, 'the of and')).toMatchObject({ notes: [expect.stringContaining('“the”')] });
});

test('where nothing is found, it is said what to leave out', async ({ db }) => {
	await take(db, [{ title: 'Mask one', published: '2024-01-05' }]);
	const page = await search(db, 'title:mask title:xylophone', { filters: { ...NO_FILTERS, year: ['2024'] } });
	expect(page.help).toEqual([
		{ words: 'Without “title:xylophone”', q: 'title:mask', filters: { ...NO_FILTERS, year: ['2024'] }, papers: 1 }
	]);
});

test('of a query that only leaves out, the newest papers are looked at, and it is said that there may be more', async ({
	db
}) => {
	await take(db, [{ title: 'Mask one' }, { title: 'A star' }, { title: 'Two stars and a mask' }]);
	for (const q of ['-mask', 'NOT mask', '(-mask) OR (-mask -mask)'])
		expect(await search(db, q), q).toMatchObject({
			count: 1,
			countIsExact: false,
			results: [{ paper: { title: 'A star' } }]
		});
	expect(await search(db, 'star -mask')).toMatchObject({ count: 1, countIsExact: true });
	expect(await search(db, 'star OR -mask')).toMatchObject({ count: 2, countIsExact: false });
});

test.for([
	['ten thousand characters', 'attention '.repeat(1_000)],
	['five hundred terms', Array.from({ length: 500 }, (_, at) => `word${at}`).join(' ')],
	['quotes without end', '"mask "patch "'],
	['deep parentheses', `${'('.repeat(1_000)}mask${')'.repeat(1_000)}`],
	['signs of SQL', `'; drop table paper; -- \\ ' | & ! :* <->`],
	['signs of regular expressions', '(a+)+$ [^] \\d{99999} .*?'],
	['control characters', 'ma\u0000sk \u0007\ud800 \u202e'],
	['only operators', 'AND OR NOT ANDNOT ( ) - " :']
])('%s: an answer, and no fault', async ([, q], { db }) => {
	await take(db, [{ title: 'Mask one' }]);
	const page = await search(db, q!, { page: 999_999 });
	expect(page.page).toBe(page.pages);
});
