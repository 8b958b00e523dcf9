import { sql } from 'kysely';
import { expect } from 'vitest';
import { atomically } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { isolating, NotTaken } from './isolating.ts';

test('one that the database does not take is found among many, and the others are taken', async ({ db }) => {
	let tries = 0;
	const results = await isolating([5, 1, 0, 2, 10], (some) =>
		atomically(db, async (tx) => {
			tries += 1;
			const { rows } = await sql<{
				tenth: number;
			}>`select 10 / number as tenth from unnest(${some}::int[]) as number`.execute(tx);
			return rows.map(({ tenth }) => tenth);
		})
	);
	expect(results).toEqual([2, 10, new NotTaken('the database does not take it: division by zero'), 5, 1]);
	expect(tries).toBe(5);
});

test('a fault that is nobody’s ends the work', async () => {
	const outage = Object.assign(new Error('the server has gone'), { code: '57P01' });
	await expect(isolating([1, 2], () => Promise.reject(outage))).rejects.toThrow('the server has gone');
});
