import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { RENDERER_VERSION } from '#server/text/tex.ts';
import { makePaper } from './make.ts';
import { papersOfOlderRenderer, renderedAgain, renderPapersAgain, writeTexts } from './papers.jobs.ts';

/** Makes a paper's text look as if an older renderer had made it. */
async function makeOld(db: Db, id: number, fields: { title?: string; title_tex?: string; title_html?: null } = {}) {
	await db
		.updateTable('paper')
		.set({ renderer: RENDERER_VERSION - 1, ...fields })
		.where('id', '=', id)
		.execute();
}

const textOf = (db: Db, id: number) =>
	db.selectFrom('paper').select(['title', 'renderer']).where('id', '=', id).executeTakeFirstOrThrow();

test('text that an older renderer made is rendered again from its source, once', async ({ db }) => {
	const { id } = await makePaper(db, { title: 'On $x^2$' });
	await makeOld(db, id, { title: 'stale', title_html: null });
	expect(await renderPapersAgain(db)).toEqual({ more: false });
	expect(await textOf(db, id)).toEqual({ title: 'On x²', renderer: RENDERER_VERSION });
	expect(await papersOfOlderRenderer(db)).toEqual([]);
	expect(await renderPapersAgain(db)).toEqual({ more: false });
});

test('an import that comes while a paper is rendered again is not undone', async ({ db }) => {
	const { id, key } = await makePaper(db, { title: 'Before', version: 1 });
	await makeOld(db, id);
	const old = await papersOfOlderRenderer(db);
	await makePaper(db, { key, title: 'After', version: 2 });
	await writeTexts(db, old.map(renderedAgain));
	expect(await textOf(db, id)).toEqual({ title: 'After', renderer: RENDERER_VERSION });
});

test('a paper whose title a newer renderer reads as empty keeps its text, and does not hold up the others', async ({
	db
}) => {
	const [empty, other] = [await makePaper(db, { title: 'Kept' }), await makePaper(db, { title: 'On $x^2$' })];
	await makeOld(db, empty.id, { title_tex: '{}' });
	await makeOld(db, other.id, { title: 'stale' });
	await renderPapersAgain(db);
	expect(await textOf(db, empty.id)).toEqual({ title: 'Kept', renderer: RENDERER_VERSION });
	expect(await textOf(db, other.id)).toEqual({ title: 'On x²', renderer: RENDERER_VERSION });
});
