import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { arePapersToEmbed, embedPapers } from './embeddings.jobs.ts';
import { siteEmbeddings } from './site-embeddings.ts';
import { ensureVectorIndex } from './vector-index.ts';

test('without the settings nothing is asked, made or told', async ({ db }) => {
	await makePaper(db);
	expect(await arePapersToEmbed(db)).toBe(false);
	expect(await embedPapers(db, {}, new AbortController().signal)).toEqual({ more: false });
	await ensureVectorIndex(db);
	expect(await siteEmbeddings(db)).toBeNull();
	expect(await db.selectFrom('embedding_state').selectAll().execute()).toEqual([]);
});
