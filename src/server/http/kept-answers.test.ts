import { expect, test } from 'vitest';
import { answerOf, inEncoding } from './answer.ts';
import { keepAnswers } from './kept-answers.ts';

const answer = (bytes: number, hangsOn: string[] = ['all']) =>
	answerOf(new Response('a'.repeat(bytes)), { route: '/', hangsOn }, { isReader: false });

test('what was used least recently goes where there is no more room', async () => {
	const answers = keepAnswers({ room: 25_000 });
	for (const path of ['/a', '/b', '/c']) answers.keep(path, await answer(5_000), 0);
	answers.find('/a');
	answers.keep('/d', await answer(5_000), 0);
	expect(['/a', '/b', '/c', '/d'].map((path) => answers.find(path) !== undefined)).toEqual([true, false, true, true]);
	expect(answers.bytes).toBeLessThanOrEqual(25_000);
});

test('what is too large is not kept, and takes the place of nothing', async () => {
	const answers = keepAnswers({ room: 100_000, largest: 10_000 });
	answers.keep('/small', await answer(100), 0);
	answers.keep('/large', await answer(20_000), 0);
	expect([answers.find('/large'), answers.count]).toEqual([undefined, 1]);
});

test('an encoding counts when it has been made, and nothing is counted in the end', async () => {
	const answers = keepAnswers();
	const kept = await answer(5_000);
	answers.keep('/a', kept, 0);
	const before = answers.bytes;
	kept.encoded.br = { headers: [], body: Buffer.alloc(1_000) };
	answers.weighAgain('/a');
	expect(answers.bytes - before).toBe(1_000);
	answers.keep('/a', await answer(10), 0);
	answers.dropAllOf(['all']);
	expect([answers.bytes, answers.count]).toEqual([0, 0]);
});

test('only what hangs on a subject is dropped with it', async () => {
	const answers = keepAnswers();
	answers.keep('/a', await answer(10, ['edition:2026-04-16', 'editions']), 0);
	answers.keep('/b', await answer(10, ['edition:2026-04-17', 'editions']), 0);
	answers.dropAllOf(['edition:2026-04-16', 'nothing']);
	expect([answers.find('/a'), answers.count]).toEqual([undefined, 1]);
	answers.dropAllOf(['editions']);
	expect(answers.count).toBe(0);
});

test('what is counted is what is held: whole pieces of memory, and addresses', async () => {
	const answers = keepAnswers();
	const pieces = new Set<ArrayBufferLike>();
	const address = (page: number) => `/page-${page}?${'q'.repeat(1_900)}`;
	for (let page = 0; page < 50; page += 1) {
		const answer = await answerOf(
			new Response(`${page}${'a'.repeat(5_000)}`, { headers: { 'content-type': 'text/html' } }),
			{ route: '/', hangsOn: ['all'] },
			{ isReader: false }
		);
		for (const encoding of ['br', 'gzip'] as const) pieces.add((await inEncoding(answer, encoding)).body.buffer);
		pieces.add(answer.body.buffer);
		answers.keep(address(page), answer, 0);
	}
	const held = [...pieces].reduce((sum, { byteLength }) => sum + byteLength, 0);
	expect(answers.bytes).toBeGreaterThan(held + 50 * 2 * 1_900);
	expect(answers.bytes).toBeLessThan(held + 50 * 10_000);
});
