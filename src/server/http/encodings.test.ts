import { expect, test } from 'vitest';
import { encodingFor } from './encodings.ts';

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
