import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteSentence } from './notes.ts';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';
import { queries, trees } from './make.ts';

test('any text is read, and what is printed of it is read as the same', () => {
	fc.assert(
		fc.property(fc.oneof(queries, fc.string({ unit: 'binary', maxLength: 200 }), fc.string()), (q) => {
			const { tree, ids, notes } = parseQuery(q);
			const printed = printQuery(tree);
			const again = parseQuery(printed);
			expect(again.tree).toEqual(tree);
			expect(again.ids).toEqual(ids);
			expect(printQuery(again.tree)).toBe(printed);
			for (const note of notes) expect(noteSentence(note)).toMatch(/\.$/);
		}),
		{ numRuns: 3000 }
	);
});

test('a tree that is printed is read as the same tree, without a note but on exclusions', () => {
	fc.assert(
		fc.property(trees, (tree) => {
			const { tree: read, notes } = parseQuery(printQuery(tree));
			expect(read).toEqual(tree);
			expect(notes.filter(({ kind }) => kind !== 'only-exclusions')).toEqual([]);
		}),
		{ numRuns: 1000 }
	);
});
