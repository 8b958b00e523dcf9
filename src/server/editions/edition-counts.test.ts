import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { featurePaper } from './feature.ts';

const now = new Date('2026-02-05T12:00:00Z');

/** Counts of each day, and where its row lies: elsewhere after each write. */
const editions = async (db: Db) =>
	db
		.selectFrom('edition')
		.select(['day', 'featured', 'announced', sql<string>`ctid::text`.as('row')])
		.orderBy('day')
		.execute();

test('an edition is not written when none of its papers comes or goes', async ({ db }) => {
	const day = '2026-02-05';
	const { id, key } = await makePaper(db, { announced: day });
	await featurePaper(db, { day, key, place: 1, now });
	const before = await editions(db);
	await db.updateTable('paper').set({ comment: '12 pages' }).where('id', '=', id).execute();
	await featurePaper(db, { day, key, place: 2, now });
	expect(await editions(db)).toEqual(before);
});

test('papers that change places between days in one statement leave the counts as they are', async ({ db }) => {
	const days = ['2026-02-05', '2026-02-06'];
	for (const announced of [...days, '2026-02-06']) await makePaper(db, { announced });
	const before = await editions(db);
	await sql`update paper set announced = case announced when '2026-02-05' then date '2026-02-06' else '2026-02-05' end
		where id in (select min(id) from paper group by announced)`.execute(db);
	expect(await editions(db)).toEqual(before);
	await db.updateTable('paper').set({ announced: '2026-02-09' }).where('announced', '=', '2026-02-06').execute();
	expect((await editions(db)).map(({ day, announced }) => [day, announced])).toEqual([
		['2026-02-05', 1],
		['2026-02-06', 0],
		['2026-02-09', 2]
	]);
});
