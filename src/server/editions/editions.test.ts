import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { archiveOf } from './archive.ts';
import { editionPage } from './edition-page.ts';
import { editionsOfPaper, latestEditionDay } from './editions.ts';
import { describeEditions, featurePaper, unfeaturePaper } from './feature.ts';
import { spanPage } from './span-page.ts';

const now = new Date('2026-02-05T12:00:00Z');
const everything = { category: null, withCode: false, page: 1 };

test('an edition shows the featured papers in the editor’s order, then the announced ones', async ({ db }) => {
	const day = '2026-02-05';
	const second = await makePaper(db, { title: 'Second', announced: day });
	const first = await makePaper(db, { title: 'First' });
	await makePaper(db, { title: 'Announced', announced: day });
	await featurePaper(db, { day, key: second.key, place: 2, now });
	await featurePaper(db, { day, key: first.key, place: 1, now });
	const { edition, layout, empty } = await editionPage(db, { day, filter: everything, now });
	expect(edition.ranked.map((paper) => paper.title)).toEqual(['First', 'Second']);
	expect(edition.also).toMatchObject([{ category: 'cs.CV', papers: 1, listed: [{ title: 'Announced' }] }]);
	expect(edition).toMatchObject({ number: 1, featured: 2, announced: 2 });
	expect(layout.lead?.title).toBe('First');
	expect(empty).toBeNull();
});

test('the lead’s abstract goes on below the sentence that stands above it', async ({ db }) => {
	await makePaper(db, { abstract: 'Papers are many. We propose to read them. It works.', announced: '2026-02-05' });
	const { layout } = await editionPage(db, { day: '2026-02-05', filter: everything, now });
	expect(layout.lead).toMatchObject({ gist: 'We propose to read them.', rest: { text: 'Papers are many. It works.' } });
});

test('with nothing featured the announced papers are the edition', async ({ db }) => {
	await makePaper(db, { title: 'Only', announced: '2026-02-05' });
	const { edition } = await editionPage(db, { day: '2026-02-05', filter: everything, now });
	expect(edition.roll.announcedOnly).toBe(true);
	expect(edition.ranked.map((paper) => paper.title)).toEqual(['Only']);
});

test.each([
	['2026-02-07', { reason: 'weekend' }],
	['2026-01-20', { reason: 'holiday', name: 'Martin Luther King Jr. Day' }],
	['2026-02-04', { reason: 'not_taken_in' }],
	['2026-02-09', { reason: 'not_yet', opensAt: '01:00 UTC' }],
	['2013-02-05', { reason: 'unknown_year' }]
])('%s is empty for a reason: %o', async (day, reason) => {
	const { testDatabase } = await import('#server/db/test-database.ts');
	const { db } = await testDatabase();
	expect((await editionPage(db, { day, filter: everything, now })).empty).toEqual(reason);
});

test('a filter that hides every paper is told from a day without papers', async ({ db }) => {
	await makePaper(db, { announced: '2026-02-05' });
	const { empty, edition } = await editionPage(db, {
		day: '2026-02-05',
		filter: { ...everything, category: 'hep-th' },
		now
	});
	expect(empty).toEqual({ reason: 'filter' });
	expect(edition.roll.total).toBe(1);
});

test('the counts of a day follow what is announced, moved, featured and taken off', async ({ db }) => {
	const counts = async () => db.selectFrom('edition').select(['day', 'featured', 'announced']).orderBy('day').execute();
	const paper = await makePaper(db, { announced: '2026-02-05' });
	await makePaper(db, { announced: '2026-02-05' });
	expect(await counts()).toEqual([{ day: '2026-02-05', featured: 0, announced: 2 }]);
	await db.updateTable('paper').set({ announced: '2026-02-06' }).where('id', '=', paper.id).execute();
	await featurePaper(db, { day: '2026-02-06', key: paper.key, place: null, now });
	expect(await counts()).toEqual([
		{ day: '2026-02-05', featured: 0, announced: 1 },
		{ day: '2026-02-06', featured: 1, announced: 1 }
	]);
	await unfeaturePaper(db, { day: '2026-02-06', key: paper.key });
	await db.deleteFrom('paper').where('id', '=', paper.id).execute();
	expect(await counts()).toMatchObject([{ announced: 1 }, { featured: 0, announced: 0 }]);
});

test('the latest edition is the last one that has opened', async ({ db }) => {
	expect(await latestEditionDay(db, '2026-02-05')).toBeNull();
	await makePaper(db, { announced: '2026-02-05' });
	await makePaper(db, { announced: '2026-02-09' });
	expect(await latestEditionDay(db, '2026-02-06')).toBe('2026-02-05');
	expect(await latestEditionDay(db, '2026-01-05')).toBe('2026-02-05');
});

test('a paper tells which editions it was on, and where', async ({ db }) => {
	const [one, two] = [await makePaper(db), await makePaper(db)];
	await featurePaper(db, { day: '2026-02-05', key: one.key, place: 1, now });
	await featurePaper(db, { day: '2026-02-05', key: two.key, place: 2, now });
	expect(await editionsOfPaper(db, two.id)).toEqual([{ day: '2026-02-05', place: 2, papers: 2 }]);
});

test('a week shows the first papers of each of its days', async ({ db }) => {
	await makePaper(db, { title: 'Monday’s', announced: '2026-02-02' });
	await makePaper(db, { title: 'Friday’s', announced: '2026-02-06' });
	const { days, announced } = await spanPage(db, { days: ['2026-02-02', '2026-02-03', '2026-02-06'], papersPerDay: 1 });
	expect(days.map(({ papers }) => papers.map(({ title }) => title))).toEqual([['Monday’s'], [], ['Friday’s']]);
	expect(announced).toBe(2);
});

test('the archive groups editions by year and month, the latest first', async ({ db }) => {
	for (const announced of ['2025-12-30', '2026-01-05', '2026-02-02', '2026-02-03']) await makePaper(db, { announced });
	const years = await archiveOf(db);
	expect(years.map(({ year, editions, months }) => [year, editions, months.map(({ month }) => month)])).toEqual([
		['2026', 3, ['2026-02', '2026-01']],
		['2025', 1, ['2025-12']]
	]);
});

test('a week names the papers that lead its days, also where nothing was featured', async ({ db }) => {
	const day = '2026-02-05';
	for (const [title, category] of [
		['A', 'cs.CV'],
		['B', 'cs.CV'],
		['C', 'cs.CL'],
		['D', 'math.AP']
	] as const)
		await makePaper(db, { title, announced: day, categories: [category] });
	const { edition } = await editionPage(db, { day, filter: everything, now });
	const { days } = await spanPage(db, { days: [day], papersPerDay: 4 });
	expect(days[0]?.papers.map(({ title }) => title)).toEqual(edition.ranked.map(({ title }) => title));
});

test('a sample of what was announced is none any more when the rest has come in', async ({ db }) => {
	const day = '2026-02-05';
	const isSample = async () => (await editionPage(db, { day, filter: everything, now })).edition.announcedIsSample;
	await makePaper(db, { announced: day });
	await describeEditions(db, [{ day, note: null, announcedIsSample: true, isSample: true }]);
	expect(await isSample()).toBe(true);
	await makePaper(db, { announced: day });
	expect(await isSample()).toBe(false);
});
