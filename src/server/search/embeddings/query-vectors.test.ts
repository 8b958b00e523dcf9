import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { queryVectors } from './query-vectors.ts';
import { bagOfWords, type Behaviour, silence, testEndpoint, withStatus } from './test-endpoint.ts';

const late =
	(ms: number): Behaviour =>
	(question, response) =>
		void setTimeout(() => response.end(JSON.stringify(bagOfWords(question))), ms);

test('a query is asked for once, however often and however spaced it is searched for', async () => {
	await using endpoint = await testEndpoint();
	const queries = queryVectors(endpoint.settings);
	const [one, other] = await Promise.all([queries.vectorOf('masked  images'), queries.vectorOf(' masked images')]);
	expect(one).toHaveLength(64);
	expect(other).toBe(one);
	expect(await queries.vectorOf('masked images')).toBe(one);
	expect(await queries.vectorOf('  ')).toBeNull();
	expect(endpoint.asked).toHaveLength(1);
	expect(queries.figures()).toEqual({ asked: 3, missed: 0, failing_since: null, failure: null });
});

test('a search waits 150 ms and no longer, and what comes later is there for the next', async () => {
	await using endpoint = await testEndpoint(late(300));
	const queries = queryVectors(endpoint.settings);
	const began = performance.now();
	expect(await queries.vectorOf('masks')).toBeNull();
	expect(performance.now() - began).toBeLessThan(250);
	await pause(300);
	expect(await queries.vectorOf('masks')).toHaveLength(64);
	expect(queries.figures()).toMatchObject({ asked: 2, missed: 1, failing_since: null });
});

test('an endpoint that is silent keeps three searches waiting, and then none', async () => {
	await using endpoint = await testEndpoint(silence);
	const queries = queryVectors(endpoint.settings, { longest: 200 });
	for (const q of ['one', 'two', 'three']) expect(await queries.vectorOf(q)).toBeNull();
	await pause(250);
	const began = performance.now();
	for (let asked = 0; asked < 50; asked += 1) expect(await queries.vectorOf(`other ${asked}`)).toBeNull();
	expect(performance.now() - began).toBeLessThan(100);
	expect(endpoint.asked.length).toBeLessThan(6);
	expect(queries.figures()).toMatchObject({ missed: 53, failure: 'It gave no whole answer within 200 ms.' });
});

test('an endpoint that comes back is of use again without a restart', async () => {
	await using endpoint = await testEndpoint(withStatus(500));
	const queries = queryVectors(endpoint.settings);
	for (const q of ['one', 'two', 'three', 'four']) expect(await queries.vectorOf(q)).toBeNull();
	expect(queries.figures().failing_since).toBeInstanceOf(Date);
	endpoint.behave(bagOfWords);
	// This one finds out, and is not waited for.
	await pause(50);
	await queries.vectorOf('five');
	await pause(50);
	expect(await queries.vectorOf('six')).toHaveLength(64);
	expect(queries.figures()).toMatchObject({ failing_since: null, failure: null });
});
