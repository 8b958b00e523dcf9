import { sql } from 'kysely';
import { afterEach, expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { beginStopping, forgetStopping } from '#server/http/stopping.ts';
import { notReadyBecause } from './readiness.ts';
import { silentDatabase } from './test-silence.ts';

afterEach(forgetStopping);

test('a process whose database answers and is migrated is ready', async ({ db }) => {
	expect(await notReadyBecause(db)).toBeNull();
});

test('a process that is stopping is not', async ({ db }) => {
	beginStopping();
	expect(await notReadyBecause(db)).toBe('This process is stopping.');
});

test('nor is one whose database lacks a migration, or was made by a newer version', async ({ db }) => {
	await sql`update migration set name = '9999_things.sql' where name = (select max(name) from migration)`.execute(db);
	expect(await notReadyBecause(db)).toMatch(/made by a newer version of Broadsheet \(it knows 9999_things\.sql\)/);
});

test('it is told which migration is to come', async ({ db }) => {
	await sql`delete from migration where name = (select max(name) from migration)`.execute(db);
	expect(await notReadyBecause(db)).toMatch(/^The database lacks the migration \d{4}_\w+\.sql\.$/);
});

test('a database that takes connections and answers nothing is not waited for longer than a second', async () => {
	await using silence = await silentDatabase();
	const began = performance.now();
	expect(await notReadyBecause(silence.db)).toBe('The database does not answer.');
	expect(performance.now() - began).toBeLessThan(2_000);
});
