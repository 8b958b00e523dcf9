import { expect, test } from 'vitest';
import { sizeAfter } from './paper-batches.ts';

test.each([
	['quick', { size: 10, wrote: 10, took: 2 }, 35],
	['as long as is aimed at', { size: 40, wrote: 40, took: 12 }, 40],
	['too long', { size: 100, wrote: 100, took: 60 }, 20],
	['quick, and large already', { size: 200, wrote: 200, took: 5 }, 200],
	['of a last, small batch', { size: 100, wrote: 5, took: 1 }, 80]
])('after a write that was %s', (_, batch, next) => {
	expect(sizeAfter(batch)).toBe(next);
});

test('on a machine where each write waits for 100 ms the batches stay worth writing', () => {
	let size = 200;
	for (let batch = 0; batch < 50; batch += 1) size = sizeAfter({ size, wrote: size, took: 100 + size * 0.4 });
	expect(size).toBe(10);
});
