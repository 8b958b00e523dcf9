import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/server/db/connection.ts';
import type { Db } from '../../src/server/db/database.ts';
import { migrate, migrationsFolder, migrationsIn } from '../../src/server/db/migrate.ts';
import { isOnServer, makeServerDatabase } from '../../src/server/db/test-server.ts';

const program = join(import.meta.dirname, '../../bin/broadsheet');

describe.runIf(isOnServer())('migrations on a server', () => {
	let databaseUrl: string;
	let db: Db;
	let close: () => Promise<void>;
	let folder: string;

	beforeEach(async () => {
		databaseUrl = (await makeServerDatabase())!;
		({ db, close } = await openDatabase({ dataFolder: '', databaseUrl }));
		folder = mkdtempSync(join(tmpdir(), 'broadsheet-migrations-'));
	});

	afterEach(async () => {
		await close();
		rmSync(folder, { recursive: true });
	});

	const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
	const applied = async () =>
		(await sql<{ name: string }>`select name from migration order by name`.execute(db)).rows.map(({ name }) => name);

	test('promise 35: the command is killed at any moment, and the next one finishes', async () => {
		const all = (await migrationsIn(migrationsFolder)).map(({ name }) => name);
		for (const moment of [150, 200, 250, 300, 350, 450]) {
			const url = (await makeServerDatabase())!;
			const command = migrateCommand(url);
			await pause(moment);
			command.kill('SIGKILL');
			await ended(command);
			const next = await openDatabase({ dataFolder: '', databaseUrl: url });
			await migrate(next.db);
			const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(next.db);
			await next.close();
			expect(rows.map(({ name }) => name)).toEqual(all);
		}
	}, 60_000);

	test('promise 35: the server ends the session of a migration, and the next one begins it anew', async () => {
		write('0001_slow.sql', 'create table slow (a int); select pg_sleep(20);');
		const cut = migrate(db, folder);
		cut.catch(() => {});
		await until(async () => (await sleepers()) === 1);
		await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'maintenance'`.execute(
			db
		);
		await expect(cut).rejects.toMatchObject({ reason: 'unavailable' });
		write('0001_slow.sql', 'create table slow (a int);');
		expect(await migrate(db, folder)).toEqual(['0001_slow.sql']);
	});

	test('promise 35: a migration that waits for a table in use lets everybody else by', async () => {
		write('0001_busy.sql', 'create table busy (a int);');
		await migrate(db, folder);
		write('0002_key.sql', 'alter table busy add column b int;');
		const user = await db.startTransaction().execute();
		await sql`insert into busy values (1)`.execute(user);
		const migrated = migrate(db, folder);
		for (let others = 0; others < 30; others += 1) {
			await sql`select a from busy`.execute(db);
			await pause(40);
		}
		expect(await applied()).toEqual(['0001_busy.sql']);
		await user.commit().execute();
		expect(await migrated).toEqual(['0002_key.sql']);
	});

	async function sleepers() {
		const { rows } = await sql<{ count: number }>`
			select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`.execute(db);
		return rows[0]!.count;
	}
});

function migrateCommand(url: string) {
	return spawn(program, ['migrate'], { env: { ...process.env, DATABASE_URL: url }, stdio: 'ignore' });
}

async function ended(child: ChildProcess) {
	if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function until(isTrue: () => Promise<boolean>) {
	while (!(await isTrue())) await pause(10);
}
