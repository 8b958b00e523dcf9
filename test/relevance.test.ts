import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { guardedOverSamples, guardedOverTestSet, losses } from '../bench/relevance/guarded.ts';
import { testSetsAreHere } from '../bench/relevance/test-set.ts';

// Each in a transaction of its own: what searches remember of all papers, they remember by the database that they are given.

/** Half of it is taking in the documents. */
const patience = 120_000;

test('the samples are found as well as ever', { timeout: patience }, async ({ db }) => {
	expect(losses(await guardedOverSamples(db))).toEqual([]);
});

for (const name of ['scifact', 'cranfield'] as const)
	test.skipIf(!testSetsAreHere)(
		`the first questions of ${name} are answered as well as ever`,
		{ timeout: patience },
		async ({ db }) => {
			expect(losses(await guardedOverTestSet(db, name))).toEqual([]);
		}
	);
