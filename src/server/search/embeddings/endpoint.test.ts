import { expect, test } from 'vitest';
import { vectorsFrom } from './endpoint.ts';
import { NoVectors } from './no-vectors.ts';
import { refusalIn } from './refusals.ts';
import { bagOfWords, type Behaviour, drip, silence, testEndpoint, withStatus } from './test-endpoint.ts';

const patience = 1_000;

test('an endpoint is asked for several texts at once, with the key, and its vectors come out with length one', async () => {
	await using endpoint = await testEndpoint();
	const vectors = await vectorsFrom(endpoint.settings, ['masked image modeling', 'masks'], { patience });
	expect(endpoint.asked).toEqual([
		expect.objectContaining({
			model: 'bag-of-words',
			input: ['masked image modeling', 'masks'],
			authorization: 'Bearer secret-key'
		})
	]);
	for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
	const without = { ...endpoint.settings, key: null };
	await vectorsFrom(without, ['masks'], { patience });
	expect(endpoint.asked[1]!.authorization).toBeUndefined();
});

test('vectors are put in the order of the texts, whatever order they come in', async () => {
	await using endpoint = await testEndpoint((question) => ({ data: bagOfWords(question).data.toReversed() }));
	const [one, other] = await vectorsFrom(endpoint.settings, ['masks', 'trees'], { patience });
	endpoint.behave(bagOfWords);
	expect(await vectorsFrom(endpoint.settings, ['masks', 'trees'], { patience })).toEqual([one, other]);
});

const vectors = (...embeddings: unknown[]): Behaviour => {
	return () => ({ data: embeddings.map((embedding, index) => ({ index, embedding })) });
};
const text =
	(body: string): Behaviour =>
	(_, response) =>
		void response.end(body);

const large: Behaviour = (_, response) => {
	const part = Buffer.alloc(2 ** 20, '[');
	const more = () => {
		if (response.writable && (response.socket?.bytesWritten ?? 0) < 50 * 2 ** 20) response.write(part, more);
		else response.end();
	};
	more();
};

const broken: Behaviour = (_, response) => {
	response.writeHead(200, { 'content-length': '1000' });
	response.write('{"data":[{"index":0,', () => response.destroy());
};

test.for<[what: string, behaviour: Behaviour, sentence: string]>([
	['fails', withStatus(500), 'It answered with status 500.'],
	['is asked too often', withStatus(429), 'It asks to wait (status 429).'],
	['loads its model', withStatus(503), 'It asks to wait (status 503).'],
	['wants another key', withStatus(401), 'It does not accept the key (status 401): look at EMBEDDINGS_KEY.'],
	['lacks the model', withStatus(404), 'It does not know the model or the address (status 404)'],
	['leads elsewhere', withStatus(307, { location: 'http://127.0.0.1:1/' }), 'It answered with status 307.'],
	['breaks off', broken, 'Its answer broke off.'],
	['ends too early', text('{"data":[{"index":0,'), 'Its answer is not JSON.'],
	['answers with 50 MB', large, 'Its answer is far too large.'],
	['drips for ever', drip, 'It gave no whole answer within 300 ms.'],
	['never answers', silence, 'It gave no whole answer within 300 ms.'],
	['answers something else', () => ['hello'], 'does not hold a vector for each text'],
	['answers null', text('null'), 'does not hold a vector for each text'],
	['leaves one out', vectors([1, 2]), 'does not hold a vector for each text'],
	['gives one too many', vectors([1, 2], [2, 1], [1, 1]), 'does not hold a vector for each text'],
	[
		'gives one twice',
		() => ({ data: [0, 0].map((index) => ({ index, embedding: [1, 2] })) }),
		'does not hold a vector for each text'
	],
	[
		'gives one of no text',
		() => ({ data: [0, 2 ** 40].map((index) => ({ index, embedding: [1, 2] })) }),
		'does not hold a vector for each text'
	],
	['mixes sizes', vectors([1, 2], [1, 2, 3]), 'not all of the same size'],
	['gives NaN', text('{"data":[{"index":0,"embedding":[NaN,1]},{"index":1,"embedding":[1,1]}]}'), 'is not JSON'],
	['gives null', vectors([1, 2], [null, 1]), 'is no list of numbers'],
	['gives infinity', text('{"data":[{"embedding":[1e999,1]},{"embedding":[1,1]}]}'), 'is no list of numbers'],
	['gives too large numbers', vectors([1e200, 1], [1, 1]), 'is no list of numbers'],
	['gives nothing but zeros', vectors([0, 0], [1, 1]), 'is no list of numbers'],
	['gives an empty one', vectors([], []), 'is no list of numbers'],
	['gives a huge one', vectors(Array(9_000).fill(1), [1]), 'is no list of numbers'],
	['gives a text', vectors('AACAPwAAgD8=', 'AACAPwAAgD8='), 'is no list of numbers'],
	['nests deeply', text(`{"data":${'['.repeat(100_000)}`), 'is not JSON']
])(
	'an endpoint that %s gives no vectors, in a sentence without its address and key',
	async ([, behaviour, sentence]) => {
		await using endpoint = await testEndpoint(behaviour);
		const began = performance.now();
		const asked = vectorsFrom(endpoint.settings, ['masks', 'trees'], { patience: 300 });
		const fault = await asked.then(
			() => null,
			(thrown: unknown) => thrown
		);
		expect(fault).toBeInstanceOf(NoVectors);
		expect((fault as Error).message).toContain(sentence);
		expect((fault as Error).message).not.toMatch(/secret|127\.|10\.0/);
		expect(performance.now() - began).toBeLessThan(2_000);
	}
);

test('an endpoint that is away is said to be', async () => {
	const settings = { url: 'http://127.0.0.1:1/v1', model: 'm', key: null };
	await expect(vectorsFrom(settings, ['masks'], { patience })).rejects.toThrow(new NoVectors('It cannot be reached.'));
});

test('whoever stops waiting is not told that the endpoint failed', async () => {
	await using endpoint = await testEndpoint(silence);
	const stopping = new AbortController();
	const asked = vectorsFrom(endpoint.settings, ['masks'], { patience, signal: stopping.signal });
	stopping.abort(new Error('The process stops.'));
	await expect(asked).rejects.toThrow('The process stops.');
});

const now = Date.parse('2026-11-24T12:00:00Z');
test.for([
	['5', 5_000],
	['0', 0],
	['86400', 3_600_000],
	['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
	['Tue, 24 Nov 2026 11:00:00 GMT', 0],
	['soon', null],
	['', null]
] as const)('Retry-After: %s is a wait of %s ms', ([value, wait]) => {
	const headers = new Headers({ 'retry-after': value });
	expect(refusalIn({ status: 429, headers }, now).retryAfter).toBe(wait);
});
