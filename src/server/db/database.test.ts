import { sql } from 'kysely';
import { expect } from 'vitest';
import { atomically, type Db } from './database.ts';
import { databaseTest as test } from './test-database.ts';

const add = (db: Db, handle: string) =>
	sql`insert into organisation (handle, name) values (${handle}, 'Test')`.execute(db);
const handles = async (db: Db) =>
	(await db.selectFrom('organisation').select('handle').orderBy('handle').execute()).map(({ handle }) => handle);

test('a failure inside takes back what was done inside, and nothing else', async ({ db }) => {
	await atomically(db, async (tx) => {
		await add(tx, 'kept');
		const failed = atomically(tx, async (inner) => {
			await add(inner, 'lost');
			await add(inner, 'lost');
		});
		await expect(failed).rejects.toMatchObject({ code: '23505' });
		await atomically(tx, (inner) => add(inner, 'kept-too'));
	});
	expect(await handles(db)).toEqual(['kept', 'kept-too']);
});

test('outside of a transaction it is one', async ({ committed }) => {
	const failed = atomically(committed, async (tx) => {
		expect(tx.isTransaction).toBe(true);
		await add(tx, 'lost');
		throw new Error('no');
	});
	await expect(failed).rejects.toThrow('no');
	expect(await handles(committed)).toEqual([]);
	await atomically(committed, (tx) => add(tx, 'kept'));
	expect(await handles(committed)).toEqual(['kept']);
});

test('dates are texts, integers are numbers, instants are Dates', async ({ db }) => {
	const { rows } =
		await sql`select date '2026-04-16' as day, array[date '2026-04-16', null] as days, 9007199254740991::int8 as n,
		array[1, null]::int8[] as ns, timestamptz '2026-04-16T00:00:00Z' as at, 0.1::numeric as exact`.execute(db);
	expect(rows).toEqual([
		{
			day: '2026-04-16',
			days: ['2026-04-16', null],
			n: 9007199254740991,
			ns: [1, null],
			at: new Date('2026-04-16T00:00:00Z'),
			exact: '0.1'
		}
	]);
});

test('an integer that JavaScript cannot hold is an error and not another integer', async ({ db }) => {
	await expect(sql`select 9007199254740993::int8`.execute(db)).rejects.toThrow('9007199254740993 is too large');
});
