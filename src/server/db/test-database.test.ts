import { sql } from 'kysely';
import { expect } from 'vitest';
import { databaseTest as test } from './test-database.ts';

const organisations = sql<{ count: number }>`select count(*) as count from organisation`;
const add = sql`insert into organisation (handle, name) values ('test', 'Test')`;

test('what one test writes is not there in the next', async ({ db }) => {
	await add.execute(db);
	expect((await organisations.execute(db)).rows).toEqual([{ count: 1 }]);
});

test('the next test starts empty', async ({ db }) => {
	expect((await organisations.execute(db)).rows).toEqual([{ count: 0 }]);
});

test('a test that commits leaves nothing behind', async ({ committed }) => {
	await add.execute(committed);
	expect((await organisations.execute(committed)).rows).toEqual([{ count: 1 }]);
});

test('the test after one that committed starts empty', async ({ db }) => {
	expect((await organisations.execute(db)).rows).toEqual([{ count: 0 }]);
});
