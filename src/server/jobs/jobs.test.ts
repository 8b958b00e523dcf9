import { sql } from 'kysely';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '#server/db/connection.ts';
import { testDatabase } from '#server/db/test-database.ts';
import { workJobs } from './jobs.ts';

const opened: OpenDatabase[] = [];
afterEach(() => Promise.all(opened.splice(0).map(({ close }) => close())));
afterAll(async () => {
	await sql`drop schema if exists job cascade`.execute((await testDatabase()).db);
});

async function open() {
	const { socketFolder } = await testDatabase();
	const databaseUrl = `postgres://postgres@localhost/postgres?host=${socketFolder}`;
	const database = await openDatabase({ dataFolder: '/nowhere', databaseUrl });
	opened.push(database);
	return database;
}

test('several workers may start at once in a database without a queue', async () => {
	const databases = await Promise.all([open(), open(), open()]);
	const jobs = await Promise.all(databases.map(workJobs));
	await jobs[0]!.untilEmpty();
	await Promise.all(jobs.map(({ stop }) => stop()));
	expect(jobs.map(({ done }) => done().renderPapersAgain ?? 0).reduce((sum, one) => sum + one)).toBeGreaterThan(0);
});

test('a text that fails in its own transaction leaves nothing open', async () => {
	const { executeSql } = await open();
	await expect(executeSql('begin; select 1/0; commit')).rejects.toMatchObject({ code: '22012' });
	expect(await executeSql('select 1 as next')).toEqual({ rows: [{ next: 1 }] });
});
