import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { byDay, candidates, counted } from './candidates.ts';
import { quoted } from './lexeme.ts';

const stem = (word: string, weight: number, papers = 1) => ({ lexeme: quoted(word), weight, papers });
const has = (word: string) => sql<boolean>`paper_words.lexemes @@ ${quoted(word)}::tsquery`;

async function makePapers(db: Db) {
	const [older, newer, both] = [
		await makePaper(db, { title: 'Masked images', published: '2024-01-01' }),
		await makePaper(db, { title: 'Masked images again', published: '2025-01-01' }),
		await makePaper(db, { title: 'Masked autoencoders of images', published: '2023-01-01' })
	];
	await makePaper(db, { title: 'Cats', abstract: 'They sleep.' });
	return { older: older.id, newer: newer.id, both: both.id };
}

test('papers are found by the weights of what they have, the newest of equals first', async ({ db }) => {
	const { older, newer, both } = await makePapers(db);
	const stems = [stem('mask', 1), stem('autoencod', 2), stem('nothing', 9)];
	const found = await candidates(db, { stems, all: null, where: null, limit: 10 });
	expect(found).toEqual([
		{ id: both, base: 3, day: '2023-01-01' },
		{ id: newer, base: 1, day: '2025-01-01' },
		{ id: older, base: 1, day: '2024-01-01' }
	]);
	expect(await candidates(db, { stems, all: null, where: null, limit: 1 })).toHaveLength(1);
});

test('having everything counts besides, and a restriction holds for all', async ({ db }) => {
	const { newer, both } = await makePapers(db);
	const all = { condition: has('again'), weight: 5 };
	const found = await candidates(db, { stems: [stem('mask', 1)], all, where: has('imag'), limit: 2 });
	expect(found.map(({ id, base }) => [id, base])).toEqual([
		[newer, 6],
		[expect.any(Number), 1]
	]);
	const restricted = await candidates(db, { stems: [stem('mask', 1)], all, where: has('autoencod'), limit: 9 });
	expect(restricted.map(({ id }) => id)).toEqual([both]);
});

test('a stem of very many papers is looked for only where there is no rarer one', async ({ db }) => {
	const { both } = await makePapers(db);
	const common = stem('mask', 1, 50_000);
	const alone = await candidates(db, { stems: [common], all: null, where: null, limit: 9 });
	expect(alone).toHaveLength(3);
	const beside = await candidates(db, { stems: [common, stem('autoencod', 2)], all: null, where: null, limit: 9 });
	expect(beside.map(({ id }) => id)).toEqual([both]);
});

test('nothing is found by nothing', async ({ db }) => {
	expect(await candidates(db, { stems: [], all: null, where: null, limit: 9 })).toEqual([]);
});

test('papers are counted', async ({ db }) => {
	await makePapers(db);
	expect(await counted(db, has('mask'))).toEqual({ count: 3, isExact: true });
});

test('papers are listed by day from either end, those without a day last', async ({ db }) => {
	const { older, newer, both } = await makePapers(db);
	const without = await makePaper(db, { title: 'Masked, some day', published: null });
	const listed = async (order: { oldestFirst: boolean; limit: number; offset: number }) =>
		(await byDay(db, has('mask'), order)).map(({ id }) => id);
	expect(await listed({ oldestFirst: false, limit: 9, offset: 0 })).toEqual([newer, older, both, without.id]);
	expect(await listed({ oldestFirst: true, limit: 9, offset: 0 })).toEqual([both, older, newer, without.id]);
	expect(await listed({ oldestFirst: false, limit: 2, offset: 1 })).toEqual([older, both]);
});
