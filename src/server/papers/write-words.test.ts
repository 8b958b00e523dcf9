import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { RENDERER_VERSION } from '#server/text/tex.ts';
import { fillPapers } from './fill-papers.ts';
import { findablePapers } from './findable-papers.ts';
import { makePaper } from './make.ts';
import { paperWordsOf } from './paper-words.ts';
import { renderPapersAgain } from './papers.jobs.ts';

const now = new Date('2026-02-02T12:00:00Z');

async function found(db: Db, query: string) {
	const { rows } = await sql<{ key: string }>`select key from paper join paper_words on paper_id = id
		where lexemes @@ ${query}::tsquery order by key`.execute(db);
	return rows.map(({ key }) => key);
}

/** The row of a paper, and the row that it would have if it were made now. */
async function rowsOf(db: Db, id: number) {
	const { rows } = await sql`select analyser, day, attributes, words, tsvector_to_array(lexemes) as lexemes
		from paper_words where paper_id = ${id}`.execute(db);
	const [paper] = await findablePapers(db, [id]);
	const made = paperWordsOf(paper!);
	const { rows: lexemes } = await sql<{ as: string[] }>`
		select tsvector_to_array(array_to_tsvector(${made.lexemes}::text[])) as "as"`.execute(db);
	return { stored: rows[0], made: { ...made, lexemes: lexemes[0]!.as } };
}

test('a paper is found by its words as soon as it is written, and by its new ones when they change', async ({ db }) => {
	const { id, key } = await makePaper(db, { title: 'Masked patches', authors: ['Ann Lee'], version: 1 });
	expect(await found(db, `'mask' & 'patch' & 'a:lee'`)).toEqual([key]);
	await makePaper(db, { key, title: 'Hidden patches', authors: ['Ann Ray'], version: 2 });
	expect(await found(db, `'mask' | 'a:lee'`)).toEqual([]);
	expect(await found(db, `'hidden' & 'a:ray' & 'v:2'`)).toEqual([key]);
	const { stored, made } = await rowsOf(db, id);
	expect(stored).toEqual(made);
});

test('an attribute alone changes what a paper is found by', async ({ db }) => {
	const { id, key } = await makePaper(db, { source: 'seed', categories: ['cs.CV'] });
	await makePaper(db, { key, source: 'listing', categories: ['cs.LG'], announced: '2026-02-02' });
	expect(await found(db, `'c:cs.lg' & 'c:cs'`)).toEqual([key]);
	expect(await found(db, `'c:cs.cv'`)).toEqual([]);
	const { stored, made } = await rowsOf(db, id);
	expect(stored).toEqual(made);
	expect(stored).toMatchObject({ day: '2026-02-02' });
});

test('a change that finds nothing writes no words', async ({ db }) => {
	const { id, key } = await makePaper(db, { source: 'seed' });
	await sql`update paper_words set words = ' untouched '`.execute(db);
	await makePaper(db, { key, source: 'listing', comment: '12 pages' });
	expect((await rowsOf(db, id)).stored).toMatchObject({ words: ' untouched ' });
});

test('an organisation is found as it is written here first', async ({ db }) => {
	await makePaper(db, { organisation: { handle: 'FAIR', name: 'FAIR' } });
	const { id } = await makePaper(db, { organisation: { handle: 'fair', name: 'Fair' } });
	const { stored, made } = await rowsOf(db, id);
	expect(stored).toEqual(made);
	expect(stored).toMatchObject({ attributes: expect.arrayContaining(['o:FAIR']) });
});

test('what a list elsewhere fills in finds the paper too', async ({ db }) => {
	const { id, key } = await makePaper(db, { project: 'https://example.org' });
	await fillPapers(db, {
		hints: [{ key, organisation: { handle: 'FAIR', name: 'FAIR' }, code: 'https://github.com/a/b', project: null }],
		now
	});
	expect(await found(db, `'o:fair' & 'has:code' & 'has:project'`)).toEqual([key]);
	const { stored, made } = await rowsOf(db, id);
	expect(stored).toEqual(made);
});

test('text that is rendered again is found as it reads now', async ({ db }) => {
	const { id, key } = await makePaper(db, { title: 'On $\\alpha$' });
	await db
		.updateTable('paper')
		.set({ renderer: RENDERER_VERSION - 1, title: 'stale' })
		.where('id', '=', id)
		.execute();
	await sql`delete from paper_words`.execute(db);
	await renderPapersAgain(db);
	expect(await found(db, `'t:alpha'`)).toEqual([key]);
});

test('a paper that goes takes its words along', async ({ db }) => {
	const { id } = await makePaper(db);
	await db.deleteFrom('paper').where('id', '=', id).execute();
	expect(await db.selectFrom('paper_words').select('paper_id').execute()).toEqual([]);
});

test('a paper of any text is written, however long its words', async ({ db }) => {
	const strange = `${'x'.repeat(5_000)} 漢字 ${'A-'.repeat(500)} \u2028 'quoted' \\ & | ! ( : * “β-VAE” ${'é'.repeat(300)}`;
	const { id } = await makePaper(db, { title: strange.slice(0, 2_000), abstract: strange.repeat(8) });
	const { stored, made } = await rowsOf(db, id);
	expect(stored).toEqual(made);
});
