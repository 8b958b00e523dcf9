import { expect, vi } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { embedAll } from './embed-all.ts';
import { embeddingFigures, waitAfter } from './embedding-state.ts';
import { NoVectors } from './no-vectors.ts';
import { BATCH, papersToEmbed } from './papers-to-embed.ts';
import { bagOfWords, type Question, silence, testEndpoint, withStatus } from './test-endpoint.ts';
import { vectorsOfEach } from './each-text.ts';
import { writeVectors } from './write-vectors.ts';

const signal = new AbortController().signal;
const model = 'bag-of-words';
const one = new Float32Array([1, 0]);

async function makePapers(db: Db, count: number) {
	const ids: number[] = [];
	for (let made = 0; made < count; made += 1) ids.push((await makePaper(db, { title: `Paper ${made}` })).id);
	return ids;
}

const embeddedIds = async (db: Db) =>
	(await db.selectFrom('paper_embedding').select('paper_id').orderBy('paper_id').execute()).map((row) => row.paper_id);

test('every paper gets a vector, the newest first, and a second run finds nothing to do', async ({ db }) => {
	await using endpoint = await testEndpoint();
	const ids = await makePapers(db, BATCH + 3);
	expect(await embedAll(db, { endpoint: endpoint.settings, signal })).toEqual({ taken: BATCH + 3, more: false });
	expect(await embeddedIds(db)).toEqual(ids);
	expect(endpoint.asked.map(({ input }) => input.length)).toEqual([BATCH, 3]);
	expect(endpoint.asked[0]!.input[0]).toBe(`Paper ${BATCH + 2}\n\nWe prove it.`);
	expect(await embedAll(db, { endpoint: endpoint.settings, signal })).toEqual({ taken: 0, more: false });
	expect(endpoint.asked).toHaveLength(2);
	const figures = await embeddingFigures(db, model);
	expect(figures).toMatchObject({ embedded: BATCH + 3, refused: 0, failing_since: null });
	expect(figures.papers_per_second).toBeGreaterThan(1);
});

test('a text that changes is embedded again, and what else changes is not', async ({ db }) => {
	await using endpoint = await testEndpoint();
	const { key } = await makePaper(db, { title: 'Before', version: 1 });
	await embedAll(db, { endpoint: endpoint.settings, signal });
	await makePaper(db, { key, title: 'Before', version: 1, comment: 'Ten pages' });
	expect((await papersToEmbed(db, { model, below: 2 ** 40 })).papers).toEqual([]);
	await makePaper(db, { key, title: 'After', version: 2 });
	expect((await embeddingFigures(db, model)).embedded).toBe(0);
	await embedAll(db, { endpoint: endpoint.settings, signal });
	expect(endpoint.asked.map(({ input }) => input[0]!.split('\n')[0])).toEqual(['Before', 'After']);
});

test('a paper that is written while its text is away gets no vector of the old text', async ({ db }) => {
	const { key } = await makePaper(db, { title: 'Before', version: 1 });
	await makePaper(db, { title: 'Left alone' });
	const { papers } = await papersToEmbed(db, { model, below: 2 ** 40 });
	await makePaper(db, { key, title: 'After', version: 2 });
	await writeVectors(db, { model, papers, vectors: [one, one] });
	expect((await papersToEmbed(db, { model, below: 2 ** 40 })).papers.map(({ text }) => text.split('\n')[0])).toEqual([
		'After'
	]);
});

test('another model embeds every paper again', async ({ db }) => {
	await using endpoint = await testEndpoint();
	await makePapers(db, 2);
	await embedAll(db, { endpoint: endpoint.settings, signal });
	const other = { ...endpoint.settings, model: 'other' };
	expect(await embedAll(db, { endpoint: other, signal })).toMatchObject({ taken: 2 });
	expect(await embeddingFigures(db, model)).toMatchObject({ embedded: 0 });
	expect(await embeddingFigures(db, 'other')).toMatchObject({ embedded: 2 });
});

test('a run that is cut off keeps what it has written', async ({ db }) => {
	const stopping = new AbortController();
	await using endpoint = await testEndpoint((question) => {
		if (endpoint.asked.length < 2) return bagOfWords(question);
		stopping.abort();
		return undefined;
	});
	await makePapers(db, BATCH + 3);
	const cut = await embedAll(db, { endpoint: endpoint.settings, signal: stopping.signal });
	expect(cut).toEqual({ taken: BATCH, more: true });
	expect(await embeddingFigures(db, model)).toMatchObject({ embedded: BATCH, failing_since: null });
	endpoint.behave(bagOfWords);
	expect(await embedAll(db, { endpoint: endpoint.settings, signal })).toEqual({ taken: 3, more: false });
});

test('an endpoint that asks to wait a moment is waited for, and one that asks for more is left alone', async ({
	db
}) => {
	await using endpoint = await testEndpoint((question, response) => {
		if (endpoint.asked.length > 2) return bagOfWords(question);
		return withStatus(429, { 'retry-after': '0' })(question, response);
	});
	const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	await makePapers(db, 2);
	expect(await embedAll(db, { endpoint: endpoint.settings, signal })).toEqual({ taken: 2, more: false });

	await makePapers(db, 1);
	endpoint.behave(withStatus(503, { 'retry-after': '300' }));
	const asked = endpoint.asked.length;
	for (let runs = 0; runs < 3; runs += 1)
		expect(await embedAll(db, { endpoint: endpoint.settings, signal })).toEqual({ taken: 0, more: false });
	expect(endpoint.asked.length - asked).toBe(1);
	const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown);
	written.mockRestore();
	const { failing_since, failure, ask_again_at } = await embeddingFigures(db, model);
	expect(failure).toBe('It asks to wait (status 503).');
	expect(ask_again_at!.getTime() - failing_since!.getTime()).toBe(300_000);
	// Once for each time that it begins to fail, and never with the key.
	expect(lines).toMatchObject([{ reason: 'It asks to wait (status 429).' }, { reason: failure }]);
	expect(JSON.stringify(lines)).not.toContain('secret-key');
});

test('an endpoint that is away is asked ever more seldom, and the papers wait', async ({ db }) => {
	await using endpoint = await testEndpoint(silence);
	const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	await makePapers(db, 1);
	const patient = { endpoint: endpoint.settings, signal, patience: 50, longestPause: 0 };
	expect(await embedAll(db, patient)).toEqual({ taken: 0, more: false });
	written.mockRestore();
	expect(await embeddingFigures(db, model)).toMatchObject({ failure: 'It gave no whole answer within 50 ms.' });
	expect([1, 2, 3, 9, 10, 99].map(waitAfter)).toEqual([5_000, 10_000, 20_000, 1_280_000, 1_800_000, 1_800_000]);
});

test('a text that the model refuses does not hold up the others, and is not asked for again', async ({ db }) => {
	const refuses = (question: Question) => question.input.some((text) => text.includes('Poison'));
	await using endpoint = await testEndpoint((question, response) =>
		refuses(question) ? withStatus(500)(question, response) : bagOfWords(question)
	);
	await makePapers(db, 4);
	await makePaper(db, { title: 'Poison' });
	await makePapers(db, 4);
	await embedAll(db, { endpoint: endpoint.settings, signal });
	expect(await embeddingFigures(db, model)).toMatchObject({ embedded: 8, refused: 1, failing_since: null });
	const asked = endpoint.asked.length;
	await embedAll(db, { endpoint: endpoint.settings, signal });
	expect(endpoint.asked).toHaveLength(asked);
});

test('an endpoint that refuses everything is given up after a few questions', async () => {
	let asked = 0;
	const refusing = async () => {
		asked += 1;
		throw new NoVectors('It answered with status 400.', { mayBeTheText: true });
	};
	await expect(vectorsOfEach(refusing, Array<string>(BATCH).fill('masks'))).rejects.toThrow('status 400');
	expect(asked).toBe(Math.log2(BATCH) + 2);
});

test('a model of another size under the same name is refused, and said', async ({ db }) => {
	await using endpoint = await testEndpoint();
	const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	await makePapers(db, 1);
	await embedAll(db, { endpoint: endpoint.settings, signal });
	await makePapers(db, 1);
	endpoint.behave(({ input }) => ({ data: input.map((_, index) => ({ index, embedding: [1, 2, 3] })) }));
	await embedAll(db, { endpoint: endpoint.settings, signal, longestPause: 0 });
	written.mockRestore();
	expect(await embeddingFigures(db, model)).toMatchObject({
		embedded: 1,
		failure: expect.stringContaining('Its vectors have 3 numbers, those that are here 64')
	});
});

test('while the endpoint thinks, the database is free', async ({ committed }) => {
	const thinking = Promise.withResolvers<void>();
	const free = Promise.withResolvers<void>();
	await using endpoint = await testEndpoint((question, response) => {
		thinking.resolve();
		void free.promise.then(() => response.end(JSON.stringify(bagOfWords(question))));
	});
	await makePapers(committed, 1);
	const run = embedAll(committed, { endpoint: endpoint.settings, signal });
	await thinking.promise;
	// Embedded, this would wait for the end of a transaction.
	await makePaper(committed, { title: 'Written meanwhile' });
	free.resolve();
	expect(await run).toMatchObject({ taken: 1 });
});
