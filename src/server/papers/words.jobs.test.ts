import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { fillPapers } from './fill-papers.ts';
import { findablePapers } from './findable-papers.ts';
import { makePaper } from './make.ts';
import { countUnanalysed } from './unanalysed.ts';
import { analysed, analysePapersAgain, writeIfAsRead } from './words.jobs.ts';

const rows = async (db: Db) => {
	const { rows: all } = await sql`select paper_id, analyser, day, attributes, words, lexemes::text as lexemes
		from paper_words order by paper_id`.execute(db);
	return all;
};

/** As an older version, or a restored backup, leaves them. */
async function forget(db: Db) {
	await sql`delete from paper_words`.execute(db);
}

test('papers without words get those that they would have been written with', async ({ db }) => {
	const lab = { handle: 'Lab', name: 'A lab' };
	for (let made = 0; made < 45; made += 1)
		await makePaper(db, {
			title: `Masks ${made}`,
			authors: ['Ann Lee', 'Bo Ray'],
			organisation: lab,
			version: made + 1
		});
	const written = await rows(db);
	await forget(db);
	expect(await countUnanalysed(db)).toBe(45);
	expect(await analysePapersAgain(db)).toEqual({ more: false });
	expect(await rows(db)).toEqual(written);
	expect(await countUnanalysed(db)).toBe(0);
});

test('the words of an older analyser are made anew, and those of this one left alone', async ({ db }) => {
	const [old, current] = [await makePaper(db, { title: 'Masks' }), await makePaper(db, { title: 'Tokens' })];
	await sql`update paper_words set words = ' stale '`.execute(db);
	await sql`update paper_words set analyser = 0 where paper_id = ${old.id}`.execute(db);
	await analysePapersAgain(db);
	expect(await rows(db)).toMatchObject([
		{ paper_id: old.id, words: expect.stringMatching(/^ masks /) },
		{ paper_id: current.id, words: ' stale ' }
	]);
});

test('it ends where it is told to, the newest papers done, and the next run does the others', async ({ db }) => {
	const papers = [];
	for (let made = 0; made < 30; made += 1) papers.push(await makePaper(db));
	await forget(db);
	let asked = 0;
	const signal = {
		get aborted() {
			return (asked += 1) > 1;
		}
	} as AbortSignal;
	expect(await analysePapersAgain(db, {}, signal)).toEqual({ more: true });
	expect((await rows(db)).map((row) => (row as { paper_id: number }).paper_id)).toEqual(
		papers.slice(10).map(({ id }) => id)
	);
	expect(await analysePapersAgain(db)).toEqual({ more: false });
	expect(await rows(db)).toHaveLength(30);
});

test('what was written meanwhile is not undone, and nothing of it is lost', async ({ committed: db }) => {
	const [renewed, filled] = [await makePaper(db, { title: 'Before', version: 1 }), await makePaper(db)];
	await forget(db);
	const read = (await findablePapers(db, [renewed.id, filled.id])).map(analysed);
	await makePaper(db, { key: renewed.key, title: 'After', version: 2 });
	const hint = { key: filled.key, organisation: null, code: 'https://github.com/a/b', project: null };
	await fillPapers(db, { hints: [hint], now: new Date() });
	await writeIfAsRead(db, read);
	expect(await rows(db)).toMatchObject([{ paper_id: renewed.id, words: expect.stringMatching(/^ after /) }]);
	await analysePapersAgain(db);
	expect(await rows(db)).toMatchObject([{}, { paper_id: filled.id, attributes: expect.arrayContaining(['has:code']) }]);
});
