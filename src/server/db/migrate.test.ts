import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { columnTypes } from './column-types.ts';
import type { Db } from './database.ts';
import { embeddedUser } from './embedded/socket.ts';
import { type InMemory, startInMemory } from './embedded/in-memory.ts';
import { firstMissing, migrate } from './migrate.ts';
import { makeServerDatabase } from './test-server.ts';
import pg from 'pg';

let memory: InMemory | null = null;
let db: Db;
let folder: string;

beforeAll(async () => {
	const connectionString = await makeServerDatabase();
	if (!connectionString) memory = await startInMemory();
	const where = memory ? { host: memory.socketFolder, user: embeddedUser } : { connectionString: connectionString! };
	const pool = new pg.Pool({ ...where, types: columnTypes }).on('error', () => {});
	db = new Kysely({ dialect: new PostgresDialect({ pool }) });
});

afterAll(async () => {
	await db.destroy();
	await memory?.close();
});

beforeEach(async () => {
	await sql`drop schema public cascade; create schema public`.execute(db);
	folder = await mkdtemp(join(tmpdir(), 'broadsheet-migrations-'));
	return () => rm(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const tables = async () =>
	(
		await sql<{ tablename: string }>`select tablename from pg_tables where schemaname = 'public' order by 1`.execute(db)
	).rows.map(({ tablename }) => tablename);

test('migrations are applied in order, once', async () => {
	await write('0002_second.sql', 'alter table first add column b int; create table second (a int);');
	await write('0001_first.sql', 'create table first (a int);');
	expect(await migrate(db, folder)).toEqual(['0001_first.sql', '0002_second.sql']);
	expect(await migrate(db, folder)).toEqual([]);
	await write('0003_third.sql', 'create table third (a int)');
	expect(await migrate(db, folder)).toEqual(['0003_third.sql']);
	expect(await tables()).toEqual(['first', 'migration', 'second', 'third']);
});

test('a migration that fails leaves nothing of itself and all before it', async () => {
	await write('0001_first.sql', 'create table first (a int);');
	await write('0002_broken.sql', 'create table second (a int); select 1/0;');
	await expect(migrate(db, folder)).rejects.toMatchObject({ code: '22012' });
	expect(await tables()).toEqual(['first', 'migration']);
	await write('0002_broken.sql', 'create table second (a int);');
	expect(await migrate(db, folder)).toEqual(['0002_broken.sql']);
});

test('two may migrate at once', async () => {
	for (const number of [1, 2, 3, 4]) await write(`000${number}_step.sql`, `create table step_${number} (a int)`);
	const applied = await Promise.all([migrate(db, folder), migrate(db, folder), migrate(db, folder)]);
	expect(applied.flat().toSorted()).toEqual(['0001_step.sql', '0002_step.sql', '0003_step.sql', '0004_step.sql']);
});

test('an applied file that was changed is refused', async () => {
	await write('0001_first.sql', 'create table first (a int);');
	await migrate(db, folder);
	await write('0001_first.sql', 'create table first (a bigint);');
	await expect(migrate(db, folder)).rejects.toMatchObject({
		reason: 'unavailable',
		message: 'The migration 0001_first.sql was changed after it had been applied; restore the file and write a new one.'
	});
});

test('line ends do not count as a change', async () => {
	await write('0001_first.sql', 'create table first (\n\ta int\n);\n');
	await migrate(db, folder);
	await write('0001_first.sql', 'create table first (\r\n\ta int\r\n);\r\n');
	expect(await migrate(db, folder)).toEqual([]);
});

test('a file that is not called like a migration is a mistake', async () => {
	await write('votes.sql', 'select 1');
	await expect(migrate(db, folder)).rejects.toThrow('it has to be called like 0007_votes.sql');
});

const [one, two] = ['0001_a.sql', '0002_b.sql'].map((name) => ({ name, text: '', checksum: name }));

test('a database of a newer version is refused', () => {
	expect(() => firstMissing([one!], [one!, two!])).toThrow(
		'made by a newer version of Broadsheet (it knows 0002_b.sql)'
	);
});

test('a migration that comes before an applied one is refused', () => {
	expect(() => firstMissing([one!, two!], [two!])).toThrow('0001_a.sql comes before 0002_b.sql');
});
