import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { embedAll } from './embed-all.ts';
import { embeddingSignal, queryFigures, signalOf } from './nearest.ts';
import { queryVectors } from './query-vectors.ts';
import { testEndpoint, withStatus } from './test-endpoint.ts';
import { hasVectorIndex, indexVectors } from './vector-index.ts';

const signal = new AbortController().signal;
const model = 'bag-of-words';

async function makeTitled(db: Db, titles: readonly string[]) {
	const ids: number[] = [];
	for (const title of titles) ids.push((await makePaper(db, { title, abstract: title })).id);
	return ids;
}

test('candidates are as near as their texts are', async ({ db }) => {
	await using endpoint = await testEndpoint();
	const [masks, some, trees, without] = await makeTitled(db, [
		'Learnable masks',
		'Learnable trees',
		'Phylogenetic forests',
		'Not embedded yet'
	]);
	await embedAll(db, { endpoint: endpoint.settings, signal });
	await db.deleteFrom('paper_embedding').where('paper_id', '=', without!).execute();
	const asked = { q: 'learnable masks', candidateIds: [trees!, some!, masks!, without!] };
	const cosines = (await signalOf(db, { model, queries: queryVectors(endpoint.settings) }, asked))!;
	expect([...cosines.keys()].toSorted((one, other) => one - other)).toEqual([masks, some, trees]);
	expect(cosines.get(masks!)).toBeCloseTo(1, 2);
	expect(cosines.get(some!)).toBeCloseTo(0.5, 1);
	expect(cosines.get(trees!)).toBeLessThan(0.1);
});

test('vectors of another model, or of another size, are not compared', async ({ db }) => {
	await using endpoint = await testEndpoint();
	const [other, short] = await makeTitled(db, ['Masks', 'Masks again']);
	await db
		.insertInto('paper_embedding')
		.values([
			{ paper_id: other!, model: 'other', vector: Array<number>(64).fill(0.125) },
			{ paper_id: short!, model, vector: [1, 0] }
		])
		.execute();
	const asked = { q: 'masks', candidateIds: [other!, short!] };
	expect(await signalOf(db, { model, queries: queryVectors(endpoint.settings) }, asked)).toEqual(new Map());
});

test('without a vector of the query there is no signal, and nothing is asked of the database', async ({ db }) => {
	await using endpoint = await testEndpoint(withStatus(500));
	const queries = queryVectors(endpoint.settings);
	expect(await signalOf(db, { model, queries }, { q: 'masks', candidateIds: [1, 2, 3] })).toBeNull();
});

test('without the settings there is no signal and nothing to tell', async ({ db }) => {
	expect(await embeddingSignal(db, 'masks', [1, 2, 3])).toBeNull();
	expect(queryFigures()).toBeNull();
});

test('no paper but the candidates is read where there is no index', async ({ db }) => {
	await using endpoint = await testEndpoint();
	const [near] = await makeTitled(db, ['Masks']);
	await embedAll(db, { endpoint: endpoint.settings, signal });
	const cosines = await signalOf(
		db,
		{ model, queries: queryVectors(endpoint.settings) },
		{ q: 'masks', candidateIds: [] }
	);
	expect(near).toBeGreaterThan(0);
	expect(cosines).toEqual(new Map());
});

test('pgvector: an index finds near papers that are no candidates, and is made once', async ({ committed, skip }) => {
	skip(!(await isOffered(committed)), 'The database does not offer pgvector.');
	await using endpoint = await testEndpoint();
	const [near] = await makeTitled(committed, ['Learnable masks', 'Phylogenetic forests']);
	await embedAll(committed, { endpoint: endpoint.settings, signal });
	await indexVectors(committed, model);
	await indexVectors(committed, model);
	expect(await hasVectorIndex(committed, model)).toBe(true);
	const asked = { q: 'learnable masks', candidateIds: [] };
	const cosines = (await signalOf(committed, { model, queries: queryVectors(endpoint.settings) }, asked))!;
	expect(cosines.size).toBe(2);
	expect(cosines.get(near!)).toBeCloseTo(1, 2);
	await indexVectors(committed, 'other');
	await sql`drop extension vector cascade`.execute(committed);
});

test('where pgvector is not offered no index is made, again and again', async ({ db, skip }) => {
	skip(await isOffered(db), 'The database offers pgvector.');
	await using endpoint = await testEndpoint();
	await makeTitled(db, ['Masks']);
	await embedAll(db, { endpoint: endpoint.settings, signal });
	for (let times = 0; times < 2; times += 1) await indexVectors(db, model);
	expect(await hasVectorIndex(db, model)).toBe(false);
});

async function isOffered(db: Db) {
	const { rows } = await sql`select from pg_available_extensions where name = 'vector'`.execute(db);
	return rows.length > 0;
}
