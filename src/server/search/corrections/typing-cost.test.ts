import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typingCost } from './typing-cost.ts';

test.each([
	['mask', 'mask', 0],
	['maks', 'mask', 0.6],
	['maskk', 'mask', 0.8],
	['comitee', 'committee', 1.6],
	['masl', 'mask', 1],
	['mak', 'mask', 1],
	['bask', 'mask', 1.4],
	['amsk', 'mask', 1],
	['trasnfromer', 'transformer', 1.2],
	['cat', 'mask', Infinity]
])('%s for %s is %d', (typed, meant, cost) => {
	expect(typingCost(typed, meant, 2)).toBeCloseTo(cost);
});

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 });

test('a word costs nothing itself, and another costs something, the same both ways', () => {
	fc.assert(
		fc.property(word, word, (one, other) => {
			expect(typingCost(one, other, 99)).toBeCloseTo(typingCost(other, one, 99));
			expect(typingCost(one, other, 99) === 0).toBe(one === other);
		})
	);
});

test('what is beyond the most is infinite, and nothing else changes with the most', () => {
	fc.assert(
		fc.property(word, word, fc.double({ min: 0, max: 4, noNaN: true }), (one, other, most) => {
			const cost = typingCost(one, other, 99);
			expect(typingCost(one, other, most)).toBe(cost > most ? Infinity : cost);
		})
	);
});
