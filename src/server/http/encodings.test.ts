import { expect, test } from 'vitest';
import { encoded, encodingFor } from './encodings.ts';

test.each([
	[undefined, 'identity'],
	['', 'identity'],
	['gzip, deflate, br, zstd', 'br'],
	['gzip;q=1.0, identity; q=0.5, *;q=0', 'gzip'],
	['GZIP', 'gzip'],
	['br;q=0.5, gzip;q=0.8', 'gzip'],
	['br;q=0, gzip;q=0', 'identity'],
	['*', 'br'],
	['*;q=0', 'identity'],
	['deflate, zstd', 'identity'],
	['br;q=nonsense', 'identity'],
	[';;;,,,=q', 'identity']
])('%j takes %s', (accepted, encoding) => {
	expect([encodingFor(accepted), encodingFor(accepted)]).toEqual([encoding, encoding]);
});

test('compressed bytes hold no more memory than they are long', async () => {
	const body = Buffer.from('some words of a page '.repeat(200));
	for (const encoding of ['br', 'gzip'] as const) {
		const made = await encoded(body, encoding);
		expect(made.buffer.byteLength, encoding).toBe(made.length);
	}
});
