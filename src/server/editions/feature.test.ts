import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { editionRecordOf, featureRecordOf } from './edition-record.ts';
import { describeEditions, featurePaper, featurePapers, unfeaturePaper } from './feature.ts';

const now = new Date('2026-03-05T12:00:00Z');
const day = '2026-03-05';
const key = '2603.06640';
const entry = {
	date: day,
	id: key,
	position: 2,
	upvotes: 25,
	submitter: { user: 'akhaliq', name: 'AK' },
	organization: { handle: 'nvidia', name: 'NVIDIA' },
	github_repo: 'https://github.com/a/b'
};

test('an editor features a paper, moves it, and takes it off', async ({ db }) => {
	await makePaper(db, { key });
	await featurePaper(db, { day, key, place: 3, now });
	await featurePaper(db, { day, key, place: 1, now });
	expect(await db.selectFrom('edition_paper').select(['day', 'place', 'source']).execute()).toEqual([
		{ day, place: 1, source: 'editor' }
	]);
	expect(await db.selectFrom('edition').select(['day', 'featured']).execute()).toEqual([{ day, featured: 1 }]);
	expect(await unfeaturePaper(db, { day, key })).toBe(true);
	expect(await unfeaturePaper(db, { day, key })).toBe(false);
	expect(await db.selectFrom('edition').select('featured').execute()).toEqual([{ featured: 0 }]);
});

test('a day without an edition and an unknown paper are refused', async ({ db }) => {
	const feature = (day: string) => featurePaper(db, { day, key, place: null, now });
	await expect(feature('2026-03-07')).rejects.toThrow(
		'There is no edition on a Saturday; choose a day from Monday to Friday.'
	);
	await expect(feature('2026-02-30')).rejects.toThrow('“2026-02-30” is not a day; one looks like 2026-04-16.');
	await expect(feature(day)).rejects.toThrow('2603.06640 is not among the papers here; import it first.');
});

test("a source's entry brings its votes and fills what the paper does not say", async ({ db }) => {
	await makePaper(db, { key });
	const records = [featureRecordOf(entry), featureRecordOf({ ...entry, id: '2603.00001' })];
	expect(await featurePapers(db, { records, now })).toEqual(['new', 'unknown']);
	expect(await featurePapers(db, { records, now })).toEqual(['unchanged', 'unknown']);
	expect(await db.selectFrom('edition_paper').selectAll().execute()).toMatchObject([
		{
			day,
			source: 'hf',
			place: null,
			source_place: 2,
			votes_at_source: 25,
			submitter_at_source: 'akhaliq',
			featured_at: now
		}
	]);
	expect(await db.selectFrom('paper').select(['code_url', 'project_url', 'changed_at']).executeTakeFirst()).toEqual({
		code_url: 'https://github.com/a/b',
		project_url: null,
		changed_at: now
	});
	const organisations = db
		.selectFrom('paper')
		.innerJoin('organisation', 'organisation.id', 'organisation_id')
		.select('handle');
	expect(await organisations.execute()).toEqual([{ handle: 'nvidia' }]);
});

test('a link of the abstract is not replaced', async ({ db }) => {
	await makePaper(db, { key, abstract: 'Code is at https://github.com/own/code.' });
	await featurePapers(db, { records: [featureRecordOf(entry)], now });
	expect(await db.selectFrom('paper').select('code_url').executeTakeFirst()).toEqual({
		code_url: 'https://github.com/own/code'
	});
});

test('later votes replace earlier ones, and the place that the editor gave stays', async ({ db }) => {
	await makePaper(db, { key });
	await featurePaper(db, { day, key, place: 1, now });
	const take = (upvotes: number | null, source = 'hf') =>
		featurePapers(db, { records: [featureRecordOf({ ...entry, upvotes, source })], now });
	expect(await take(25)).toEqual(['changed']);
	expect(await take(31)).toEqual(['changed']);
	expect(await take(null)).toEqual(['unchanged']);
	expect(await take(5, 'elsewhere')).toEqual(['unchanged']);
	expect(await db.selectFrom('edition_paper').select(['place', 'source', 'votes_at_source']).execute()).toEqual([
		{ place: 1, source: 'hf', votes_at_source: 31 }
	]);
});

test('what is said of an edition stands until it is said otherwise', async ({ db }) => {
	const record = editionRecordOf({ edition: '2026-04-16', note: 'A captured search.', announced_is_sample: true });
	expect(await describeEditions(db, [record])).toEqual(['new']);
	expect(await describeEditions(db, [record])).toEqual(['unchanged']);
	expect(await describeEditions(db, [{ ...record, note: null }])).toEqual(['changed']);
	expect(await db.selectFrom('edition').selectAll().execute()).toEqual([
		{
			day: '2026-04-16',
			note: null,
			announced_is_sample: true,
			announced_when_said: 0,
			is_sample: false,
			featured: 0,
			announced: 0
		}
	]);
});

test.each([
	[{ date: '2026-03-07' }, 'date is a Saturday, and editions have the days Monday to Friday: 2026-03-07'],
	[{ date: '2026-02-30' }, 'date is not a date: "2026-02-30"'],
	[{ id: 'paper-1' }, 'id is neither an arXiv id nor a DOI'],
	[{ position: undefined }, 'position is missing'],
	[{ position: 0 }, 'position is not a whole number from 1 to 1,000,000,000: 0'],
	[{ upvotes: -1 }, 'upvotes is not a whole number from 0 to 1,000,000,000: -1'],
	[{ submitter: 'akhaliq' }, 'submitter is not an object but a text'],
	[{ github_repo: 'github.com/a/b' }, 'github_repo is not an http or https address: "github.com/a/b"']
])('a featured paper with %o is refused: %s', (fields, reason) => {
	expect(() => featureRecordOf({ ...entry, ...fields })).toThrow(reason);
});

test.each([
	[{ edition: '2026-04-18' }, 'edition is a Saturday'],
	[{ edition: '2026-04-16', note: 5 }, 'note is not a text but 5'],
	[{ edition: '2026-04-16', announced_is_sample: 'yes' }, 'announced_is_sample is neither true nor false but a text']
])('an edition with %o is refused: %s', (record, reason) => {
	expect(() => editionRecordOf(record)).toThrow(reason);
});
