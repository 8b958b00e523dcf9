import { sql } from 'kysely';
import { expect } from 'vitest';
import { openDatabase } from './connection.ts';
import { atomically } from './database.ts';
import { ownWrites } from './own-writes.ts';
import { databaseTest as test, testDatabase } from './test-database.ts';

test('what may have changed something is counted when it is over, whichever way it goes', async ({ committed }) => {
	const { db, executeSql, close } = await openDatabase({ dataFolder: '', databaseUrl: (await testDatabase()).address });
	const counted = async (work: () => Promise<unknown>) => {
		const before = ownWrites();
		await work().catch(() => {});
		return ownWrites() - before;
	};
	const add = (at: typeof db) => at.insertInto('edition').values({ day: '2026-04-16' }).execute();
	const read = (at: typeof db) => at.selectFrom('edition').selectAll().execute();
	expect(await counted(() => read(db))).toBe(0);
	expect(await counted(() => add(db))).toBe(1);
	expect(await counted(() => add(db))).toBe(1);
	expect(await counted(() => db.transaction().execute(read))).toBe(0);
	const during: number[] = [];
	const transaction = async (tx: typeof db) => {
		await tx.deleteFrom('edition').execute();
		await atomically(tx, add);
		during.push(await counted(() => read(tx)));
	};
	expect(await counted(() => db.transaction().execute(transaction))).toBe(1);
	expect(during).toEqual([0]);
	expect(
		await counted(() => sql`with gone as (delete from edition returning day) select * from gone`.execute(db))
	).toBe(1);
	expect(await counted(() => executeSql('begin; delete from edition; commit'))).toBe(1);
	expect(await counted(() => read(db))).toBe(0);
	await close();
	expect(await read(committed)).toEqual([]);
});
