import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from './make.ts';
import { paperJson } from './paper-json.ts';
import { authorNamed, paperAt, papersOf } from './papers.ts';

test('a paper is found by any spelling of its id, and says the canonical address', async ({ db }) => {
	await makePaper(db, { key: '2407.13036', title: 'ColorMAE' });
	for (const spelling of ['2407.13036', 'arXiv:2407.13036', 'https://arxiv.org/abs/2407.13036'])
		expect(await paperAt(db, spelling)).toMatchObject({
			path: '/papers/2407.13036',
			paper: { title: 'ColorMAE' },
			version: null
		});
});

test.each([
	['nope', 'is not a paper’s id'],
	['9912.12345', 'is not among the papers here']
])('an address that leads to no paper is refused with what to do: %s', async (address, words) => {
	const { testDatabase } = await import('#server/db/test-database.ts');
	const { db } = await testDatabase();
	await expect(paperAt(db, address)).rejects.toThrow(words);
});

test('a version that was replaced keeps its text, and one that is not known is refused', async ({ db }) => {
	await makePaper(db, { key: '2407.13036', title: 'Old title', version: 1 });
	await makePaper(db, { key: '2407.13036', title: 'New title', version: 2 });
	expect(await paperAt(db, '2407.13036v1')).toMatchObject({
		version: { number: 1, isCurrent: false },
		paper: { title: 'Old title', version: 1 }
	});
	await expect(paperAt(db, '2407.13036v3')).rejects.toThrow('has no version 3');
});

test('people are found by their name in any spelling', async ({ db }) => {
	await makePaper(db, { authors: ['J\\"urgen Schmidhuber'] });
	await makePaper(db, { authors: ['Jürgen Schmidhuber', 'Ada Lovelace'] });
	const author = await authorNamed(db, 'jurgen-schmidhuber');
	expect(author).toMatchObject({ name: 'Jürgen Schmidhuber', path: '/authors/jurgen-schmidhuber' });
	expect((await papersOf(db, { nameKey: author.key }, 1)).count).toBe(2);
	await expect(authorNamed(db, 'nobody')).rejects.toThrow('names “nobody”');
});

test('a list is newest first, paged, and refuses a page that it lacks', async ({ db }) => {
	for (let day = 1; day <= 25; day += 1)
		await makePaper(db, { title: `Of day ${day}`, published: `2026-01-${String(day).padStart(2, '0')}` });
	const first = await papersOf(db, { category: 'cs.CV' }, 1);
	expect(first).toMatchObject({ count: 25, countIsExact: true, pages: 2 });
	expect(first.papers[0]?.title).toBe('Of day 25');
	expect((await papersOf(db, { category: 'cs.CV' }, 2)).papers.at(-1)?.title).toBe('Of day 1');
	await expect(papersOf(db, { category: 'cs.CV' }, 3)).rejects.toThrow('has 2 pages');
	await expect(papersOf(db, { category: 'cs.CV' }, 99_999)).rejects.toThrow('up to its 1000th paper');
});

test('a paper in JSON is whole', async ({ db }) => {
	await makePaper(db, {
		key: '2407.13036',
		title: 'On $x^2$',
		abstract: 'We square $x$.',
		authors: ['Carlos Hinojosa'],
		organisation: { handle: 'KAUST', name: 'King Abdullah University' },
		version: 1,
		submitted: ['2024-07-17T12:00:00.000Z'],
		licence: 'http://creativecommons.org/licenses/by/4.0/',
		code: 'https://github.com/carlosh93/ColorMAE'
	});
	const { paper } = await paperAt(db, '2407.13036');
	expect(JSON.parse(JSON.stringify(paperJson(paper, 'https://papers.example')))).toEqual({
		id: '2407.13036',
		url: 'https://papers.example/papers/2407.13036',
		title: 'On x²',
		title_tex: 'On $x^2$',
		abstract: 'We square x.',
		abstract_tex: 'We square $x$.',
		gist: 'We square x.',
		authors: ['Carlos Hinojosa'],
		author_count: 1,
		organisation: { handle: 'KAUST', name: 'King Abdullah University' },
		categories: ['cs.CV'],
		published: '2026-01-30',
		announced: null,
		updated: null,
		version: 1,
		versions: [{ version: 1, submitted_at: '2024-07-17T12:00:00.000Z', title: null, abstract: null }],
		doi: null,
		journal_ref: null,
		comment: null,
		licence: 'http://creativecommons.org/licenses/by/4.0/',
		code: 'https://github.com/carlosh93/ColorMAE',
		project: null,
		withdrawn_at: null,
		source: 'test',
		links: { abstract: 'https://arxiv.org/abs/2407.13036', pdf: 'https://arxiv.org/pdf/2407.13036', doi: null }
	});
});
