import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAGE, rollOf, type RollEntry } from './roll.ts';

const everything = { category: null, withCode: false, page: 1 };
const entry = (id: number, category: string | null, more: Partial<RollEntry> = {}): RollEntry => ({
	id,
	category,
	withCode: false,
	featured: false,
	source: null,
	votesAtSource: null,
	...more
});

test('the featured papers stand first, then what else was announced, the largest category first', () => {
	const roll = rollOf(
		[entry(1, 'cs.CL', { featured: true }), entry(2, 'math.AP'), entry(3, 'cs.CV'), entry(4, null), entry(5, 'cs.CV')],
		everything
	);
	expect(roll.ranked).toEqual([1]);
	expect(roll.also).toEqual([
		{ category: 'cs.CV', papers: 2, ids: [3, 5] },
		{ category: 'math.AP', papers: 1, ids: [2] },
		{ category: null, papers: 1, ids: [4] }
	]);
	expect(roll.announcedOnly).toBe(false);
});

test('with nothing featured the categories make the front page in turn', () => {
	const roll = rollOf([entry(1, 'cs.CV'), entry(2, 'cs.CV'), entry(3, 'cs.CL'), entry(4, 'math.AP')], everything);
	expect(roll).toMatchObject({ announcedOnly: true, ranked: [1, 3, 4, 2], also: [] });
});

test('a filter keeps the counts of the whole day, so that its neighbours can be offered', () => {
	const entries = [entry(1, 'cs.CV', { featured: true, withCode: true }), entry(2, 'cs.CL', { featured: true })];
	expect(rollOf(entries, { ...everything, withCode: true })).toMatchObject({
		total: 2,
		shown: 1,
		withCode: 1,
		ranked: [1]
	});
	expect(rollOf(entries, { ...everything, category: 'cs.CL' })).toMatchObject({ total: 2, shown: 1, ranked: [2] });
	expect(rollOf(entries, { ...everything, category: 'math.AG' })).toMatchObject({ total: 2, shown: 0, ranked: [] });
});

test('turning the pages of any day shows every paper of it once', () => {
	const entries = fc.array(
		fc.record({ category: fc.constantFrom('cs.CV', 'cs.CL', null), withCode: fc.boolean(), featured: fc.boolean() }),
		{ maxLength: 4 * PAGE }
	);
	fc.assert(
		fc.property(entries, (drawn) => {
			const day = drawn.map((entry, index) => ({ ...entry, id: index + 1, source: null, votesAtSource: null }));
			const { pages } = rollOf(day, everything);
			const seen = Array.from({ length: pages }, (_, index) => rollOf(day, { ...everything, page: index + 1 })).flatMap(
				(roll) => [...roll.ranked, ...roll.also.flatMap((group) => group.ids)]
			);
			expect(seen.toSorted((a, b) => a - b)).toEqual(day.map((entry) => entry.id));
		})
	);
});
