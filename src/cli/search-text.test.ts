import { expect, test } from 'vitest';
import { makePaper } from '#server/papers/make.ts';
import { papersInOrder } from '#server/papers/listed-papers.ts';
import { databaseTest } from '#server/db/test-database.ts';
import { NO_FILTERS, type Result, type SearchPage } from '#server/search/search-page.ts';
import { emphasised, markedWords } from './marked-words.ts';
import { searchText } from './search-text.ts';
import { columnsOf, wrapped } from './wrapping.ts';

const site = { origin: 'https://papers.example.org' };
const plain = { width: 60, bold: (text: string) => text, faint: (text: string) => text };
const loud = { width: 60, bold: (text: string) => `*${text}*`, faint: (text: string) => text };

const nothing: SearchPage = {
	asked: 'masks',
	understood: 'masks',
	notes: [],
	goTo: null,
	correction: null,
	perhaps: null,
	count: 0,
	countIsExact: true,
	more: 0,
	moreIsExact: true,
	papers: 155_770,
	milliseconds: 12.3,
	alsoCounted: [],
	sort: 'relevance',
	filters: NO_FILTERS,
	page: 1,
	pages: 0,
	perPage: 20,
	results: [],
	facets: [],
	facetsOver: null,
	help: []
};

databaseTest('a result says place, title, who, where, when, address, the best passage and why', async ({ db }) => {
	const names = ['Kaiming He', 'Xinlei Chen', 'Saining Xie', 'Yanghao Li', 'Piotr Dollár'];
	const { id } = await makePaper(db, {
		key: '2111.06377',
		title: 'Masked Autoencoders',
		authors: names,
		published: '2021-11-11'
	});
	const [paper] = await papersInOrder(db, [id]);
	const passage = 'We mask random patches of the input image and reconstruct the missing pixels.';
	const result: Result = {
		paper: paper!,
		title: { text: 'Masked Autoencoders', html: '<mark>Masked</mark> Autoencoders' },
		passages: [{ text: passage, html: passage.replace('mask', '<mark>mask</mark>') }],
		abstract: { text: passage, html: null },
		why: 'Found in title, and once in the abstract'
	};
	const page = {
		...nothing,
		count: 39,
		more: 371,
		page: 2,
		pages: 21,
		results: [result],
		alsoCounted: ['mask', 'masked']
	};
	expect(searchText(page, site, loud)).toBe(
		`39 papers of 155,770, in 12 ms. 371 more have some of the
words.
Also counted: mask, masked.

21  *Masked* Autoencoders
    Kaiming He, Xinlei Chen, Saining Xie and 2 more · cs.CV
    · 11 November 2021
    https://papers.example.org/papers/2111.06377
    We *mask* random patches of the input image and
    reconstruct the missing pixels.
    Found in title, and once in the abstract

Page 2 of 21; --page 3 shows the next.
`
	);
});

databaseTest('what a paper says moves no cursor and colours nothing', async ({ db }) => {
	const { id } = await makePaper(db, { authors: ['A'] });
	const [paper] = await papersInOrder(db, [id]);
	const hostile = '\u001b[31mRed\u0007 \u009b2J\u202eback';
	const text = { text: hostile, html: `<mark>${hostile}</mark>` };
	const result = {
		paper: { ...paper!, authors: [hostile] },
		title: text,
		passages: [text],
		abstract: text,
		why: hostile
	};
	const told = searchText({ ...nothing, asked: hostile, notes: [hostile], results: [result] }, site, plain);
	expect(told).toContain('\\u001b[31mRed');
	expect(told).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});

test('where nothing is found it says what would be', () => {
	const help = [{ words: 'Without “xyzzy”', q: 'masks', filters: NO_FILTERS, papers: 39 }];
	const page = { ...nothing, help, notes: ['“the” is in every paper and was left out.'] };
	expect(searchText(page, site, plain)).toBe(
		`No paper of 155,770 has all of this, in 12 ms.
“the” is in every paper and was left out.

Without “xyzzy”: 39 papers, with masks
`
	);
});

test('a word that was read as another, and an id, are said first', () => {
	const correction = { from: 'trasnformer', to: 'transformer', q: 'transformer' };
	const page = { ...nothing, count: 10_000, countIsExact: false, correction, goTo: '/papers/2111.06377' };
	expect(searchText(page, site, { ...plain, width: 100 })).toBe(
		`“masks” is the paper at https://papers.example.org/papers/2111.06377
No paper has “trasnformer”: this was found for “transformer”. --exact keeps the word as it is.
More than 10,000 papers of 155,770, in 12 ms.
`
	);
});

test.for([
	['The quick brown fox', 10, ['The quick', 'brown fox']],
	['', 10, []],
	['Donaudampfschifffahrt is long', 10, ['Donaudampf', 'schifffahr', 't is long']],
	['深度学习的掩码建模', 8, ['深度学习', '的掩码建', '模']],
	['e\u0301e\u0301e\u0301 e\u0301', 3, ['e\u0301e\u0301e\u0301', 'e\u0301']]
] as const)('“%s” in lines of %d columns', ([text, width, lines]) => {
	expect(wrapped(text, width)).toEqual(lines);
	for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
});

test('matches are words, however they are marked', () => {
	const words = markedWords({
		text: '',
		html: 'On <mark>k-<em>Means</em></mark> &amp; <mark>β</mark>-VAE, as a means'
	});
	expect([...words]).toEqual(['k', 'means', 'β']);
	expect(emphasised('On k-Means & β-VAE, meanswhile', words, (text) => `*${text}*`)).toBe(
		'On *k*-*Means* & *β*-VAE, meanswhile'
	);
});
