import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makeRecord } from './make.ts';
import { changesIn } from './paper-changes.ts';
import { recordPapers } from './record-papers.ts';
import { besideWhatStands } from './standing-papers.ts';
import { writePapers } from './write-papers.ts';

const before = new Date('2026-03-04T12:00:00Z');
const now = new Date('2026-03-05T12:00:00Z');
async function take(db: Db, fields: Record<string, unknown>) {
	const [outcome] = await recordPapers(db, { records: [makeRecord(fields)], now });
	return outcome;
}

/** A paper that was here the day before. */
async function takeBefore(db: Db, fields: Record<string, unknown> = {}) {
	const record = makeRecord(fields);
	await recordPapers(db, { records: [record], now: before });
	return db.selectFrom('paper').selectAll().where('key', '=', record.key).executeTakeFirstOrThrow();
}

test('a new paper has its texts set, its authors under their keys and its links found', async ({ db }) => {
	const paper = await takeBefore(db, {
		title: 'On $\\alpha$-stable laws',
		abstract: 'We prove that $x_i \\to \\mathbb{R}$ is tight. Code is at https://github.com/a/b.',
		authors: ["C. Bal\\'azs", 'Øystein Å. Berg'],
		categories: ['math.PR', 'cs.LG'],
		announced: '2026-03-03'
	});
	expect(paper).toMatchObject({
		key: '2603.06640',
		title: 'On α-stable laws',
		title_tex: 'On $\\alpha$-stable laws',
		abstract: 'We prove that xᵢ → ℝ is tight. Code is at https://github.com/a/b.',
		author_count: 2,
		primary_category: 'math.PR',
		day: '2026-03-03',
		version: null,
		code_url: 'https://github.com/a/b',
		withdrawn_at: null
	});
	const authors = await db
		.selectFrom('paper_author')
		.select(['position', 'name', 'name_key'])
		.orderBy('position')
		.execute();
	expect(authors).toEqual([
		{ position: 1, name: 'C. Balázs', name_key: 'c balazs' },
		{ position: 2, name: 'Øystein Å. Berg', name_key: 'oystein a berg' }
	]);
	expect(await db.selectFrom('edition').select(['day', 'announced']).execute()).toEqual([
		{ day: '2026-03-03', announced: 1 }
	]);
});

test('a plain text is stored once', async ({ db }) => {
	const paper = await takeBefore(db, { title: 'Masked Diffusion', abstract: 'It\nworks.' });
	expect(paper).toMatchObject({ title_tex: null, title_html: null, abstract_tex: null, abstract_html: null });
});

test('an unchanged record writes nothing', async ({ db }) => {
	const standing = await takeBefore(db);
	expect(await take(db, {})).toBe('unchanged');
	expect(await db.selectFrom('paper').selectAll().executeTakeFirst()).toEqual(standing);
});

test('a new version keeps the text of the old one beside it', async ({ db }) => {
	await takeBefore(db, { title: 'Old $\\alpha$', versions: 1, published: '2026-03-01T10:00:00Z' });
	expect(await take(db, { title: 'New', versions: 3 })).toBe('changed');
	const versions = await db
		.selectFrom('paper_version')
		.select(['version', 'title', 'submitted_at'])
		.orderBy('version')
		.execute();
	expect(versions).toEqual([
		{ version: 1, title: 'Old $\\alpha$', submitted_at: new Date('2026-03-01T10:00:00Z') },
		{ version: 2, title: null, submitted_at: null },
		{ version: 3, title: null, submitted_at: null }
	]);
	expect(
		await db.selectFrom('paper').select(['title', 'title_tex', 'version', 'changed_at']).executeTakeFirst()
	).toEqual({
		title: 'New',
		title_tex: null,
		version: 3,
		changed_at: now
	});
	expect(await db.selectFrom('paper_change').selectAll().execute()).toEqual([]);
});

test('an older record leaves the paper as it is and brings the text of its version', async ({ db }) => {
	await takeBefore(db, { title: 'New', versions: 3 });
	expect(await take(db, { title: 'Old', versions: 1 })).toBe('older');
	expect(await take(db, { title: 'Older still', versions: 1 })).toBe('older');
	expect(await db.selectFrom('paper').select(['title', 'version']).executeTakeFirst()).toEqual({
		title: 'New',
		version: 3
	});
	const old = await db
		.selectFrom('paper_version')
		.select(['version', 'title'])
		.where('title', 'is not', null)
		.execute();
	expect(old).toEqual([{ version: 1, title: 'Old' }]);
});

test('a title that changes without a new version is remembered', async ({ db }) => {
	await takeBefore(db, { title: 'Befor' });
	expect(await take(db, { title: 'Before' })).toBe('changed');
	expect(await db.selectFrom('paper_change').select(['field', 'before', 'seen_at']).execute()).toEqual([
		{ field: 'title', before: 'Befor', seen_at: now }
	]);
});

test('authors who are no longer named are taken off', async ({ db }) => {
	await takeBefore(db, { authors: ['A. One', 'B. Two', 'C. Three'] });
	await take(db, { authors: ['B. Two', 'A. One'] });
	expect(
		(await db.selectFrom('paper_author').select('name').orderBy('position').execute()).map(({ name }) => name)
	).toEqual(['B. Two', 'A. One']);
	expect(await db.selectFrom('paper').select('author_count').executeTakeFirst()).toEqual({ author_count: 2 });
});

test('a richer record of another source is merged in, and then both are unchanged', async ({ db }) => {
	const seed = { source: 'seed', title: 'A  poor title', organization: { handle: 'nvidia', name: 'NVIDIA' } };
	const listing = { source: 'listing', title: 'A rich title', categories: ['cs.CV'] };
	await takeBefore(db, seed);
	expect(await take(db, listing)).toBe('changed');
	expect(await take(db, seed)).toBe('unchanged');
	expect(await take(db, listing)).toBe('unchanged');
	expect(await db.selectFrom('paper').select(['title', 'primary_category', 'source']).executeTakeFirst()).toEqual({
		title: 'A rich title',
		primary_category: 'cs.CV',
		source: 'listing'
	});
	expect(await db.selectFrom('organisation').select(['handle', 'name']).execute()).toEqual([seed.organization]);
});

test('a withdrawn paper says when: the day of its update, else the day it was read', async ({ db }) => {
	const comment = 'This paper has been withdrawn by the authors';
	expect(await takeBefore(db, { id: '2603.00001', comment, updated: '2026-03-02' })).toMatchObject({
		withdrawn_at: new Date('2026-03-02')
	});
	await takeBefore(db);
	await take(db, { comment });
	const paper = await db.selectFrom('paper').select('withdrawn_at').where('key', '=', '2603.06640').executeTakeFirst();
	expect(paper).toEqual({ withdrawn_at: now });
});

test('a title without words is refused', async ({ db }) => {
	await expect(take(db, { title: '{}' })).rejects.toThrow('title has no words');
});

test('changes that were worked out before somebody else wrote are not written', async ({ db }) => {
	const records = [makeRecord({ title: 'Mine' })];
	const changes = await changesIn(await besideWhatStands(db, records), now);
	await takeBefore(db, { title: 'Theirs' });
	expect(await writePapers(db, { changes, now })).toBe(false);
	expect(await recordPapers(db, { records, now })).toEqual(['changed']);
	expect(await db.selectFrom('paper_change').select('before').execute()).toEqual([{ before: 'Theirs' }]);
});
