import { expect, test } from 'vitest';
import { fused } from './fused.ts';

const ranked = [10, 9, 8, 7, 1].map((score, at) => ({ id: at + 1, score }));

test('without nearness the order stays', () => {
	expect(fused(ranked, new Map())).toEqual({ ids: [1, 2, 3, 4, 5], moved: new Set() });
});

test('a paper that is nearest in meaning rises, and is said to', () => {
	const { ids, moved } = fused(
		ranked,
		new Map([
			[4, 0.9],
			[1, 0.1],
			[2, 0.1],
			[3, 0.1]
		])
	);
	expect(ids[0]).toBe(4);
	expect(moved).toEqual(new Set([4]));
});

test('of papers without a word of the query the twenty nearest are added', () => {
	const nearness = new Map(Array.from({ length: 50 }, (_, at) => [100 + at, at / 100] as const));
	const { ids, moved } = fused(ranked, nearness);
	expect(ids).toHaveLength(25);
	expect([...moved].toSorted((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, at) => 130 + at));
});

test('equal scores are no reason to divide by nothing', () => {
	const { ids } = fused(
		[
			{ id: 1, score: 2 },
			{ id: 2, score: 2 }
		],
		new Map([[2, 0.5]])
	);
	expect(ids).toEqual([1, 2]);
});
