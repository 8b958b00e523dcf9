import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutOf } from './layout.ts';

const papers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test.each([
	[0, { lead: null, front: [], second: [], brief: [] }],
	[1, { lead: 1, front: [], second: [], brief: [] }],
	[2, { lead: 1, front: [2], second: [], brief: [] }],
	[3, { lead: 1, front: [2, 3], second: [], brief: [] }],
	[5, { lead: 1, front: [2, 3, 4, 5], second: [], brief: [] }],
	[7, { lead: 1, front: [2, 3, 4], second: [[5], [6], [7]], brief: [] }],
	[
		12,
		{
			lead: 1,
			front: [2, 3, 4],
			second: [
				[5, 6],
				[7, 8],
				[9, 10]
			],
			brief: [[11], [12]]
		}
	]
])('%i papers are dealt out by rank', (count, layout) => {
	expect(layoutOf(papers(count))).toEqual(layout);
});

test('forty papers put ten on the front and thirty in two even columns', () => {
	const { brief } = layoutOf(papers(40));
	expect(brief.map((column) => column.length)).toEqual([15, 15]);
});

test('every paper is dealt out once, in its order, read column by column', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 1500 }), (count) => {
			const { lead, front, second, brief } = layoutOf(papers(count));
			expect([lead, ...front, ...second.flat(), ...brief.flat()].filter((paper) => paper !== null)).toEqual(
				papers(count)
			);
		}),
		{ numRuns: 50 }
	);
});
