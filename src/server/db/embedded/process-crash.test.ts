// @module-tag embedded
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { databaseState } from './control.ts';
import { holderOf } from './lock.ts';
import { scalar, useDataFolder } from './test-folder.ts';

const { open, alive, pids, folder, logLines } = useDataFolder();

test(
	'promise 3: what was acknowledged survives kill -9, and the others are back by themselves',
	{ timeout: 120_000 },
	async () => {
		const dbs = [await open(), await open(), await open(), await open()];
		const db = dbs[0]!;
		await sql`create table kept (writer int, id int, primary key (writer, id))`.execute(db);
		const acknowledged = dbs.map(() => 0);
		let ends = false;
		const write = async (writer: number) => {
			// A write whose fate is not known is refused, and the next one takes its place.
			for (let id = 0; !ends; id += 1)
				await sql`insert into kept select ${writer}, ${id} * 10 + n from generate_series(0, 9) n`
					.execute(dbs[writer]!)
					.then(() => (acknowledged[writer]! += 10), expectUnavailable);
		};
		const writing = dbs.map((_, writer) => write(writer));
		for (let round = 0; round < 8; round += 1) {
			const before = sum(acknowledged);
			while (sum(acknowledged) < before + 250) await pause(5);
			process.kill(await alive(), 'SIGKILL');
		}
		ends = true;
		await Promise.all(writing);
		expect(sum(acknowledged)).toBeGreaterThanOrEqual(2_000);
		expect(await scalar(db, 'select count(*) from kept')).toBeGreaterThanOrEqual(sum(acknowledged));
		expect(new Set(pids()).size).toBeGreaterThanOrEqual(9);
	}
);

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
const expectUnavailable = (fault: unknown) => expect(fault).toMatchObject({ reason: 'unavailable' });

test('promise 3: every commit reaches the disk before it is acknowledged', async () => {
	const db = await open();
	expect(await scalar(db, 'show fsync')).toBe('on');
	expect(await scalar(db, 'show wal_sync_method')).toBe('fsync');
	expect(await scalar(db, 'show full_page_writes')).toBe('on');
	await sql`create table kept (id int primary key)`.execute(db);
	const before = (await databaseState(folder())).fsyncs;
	for (let id = 0; id < 100; id += 1) await sql`insert into kept values (${id})`.execute(db);
	expect((await databaseState(folder())).fsyncs - before).toBeGreaterThanOrEqual(100);
});

test('a transaction is refused when the database dies in it, and the next one works', async () => {
	const db = await open();
	await sql`create table kept (id int primary key)`.execute(db);
	const broken = db.transaction().execute(async (tx) => {
		await sql`insert into kept values (1)`.execute(tx);
		process.kill(await alive(), 'SIGKILL');
		await sql`insert into kept values (2)`.execute(tx);
	});
	await expect(broken).rejects.toMatchObject({
		reason: 'unavailable',
		message: 'The database was interrupted; try again.'
	});
	await db.transaction().execute((tx) => sql`insert into kept values (3)`.execute(tx));
	expect(await scalar(db, 'select count(*) from kept')).toBe(1);
});

test('a query that does not end is ended, and the others go on', async () => {
	const [one, two] = [await open('--unit-limit=300'), await open('--unit-limit=300')];
	await sql`create table kept as select 1 as id`.execute(one);
	const endless = sql`insert into kept select count(*) from generate_series(1, 1000000000)`.execute(one);
	const refused = expect(endless).rejects.toMatchObject({ reason: 'unavailable' });
	await pause(50);
	expect(await scalar(two, 'select count(*) from kept')).toBe(1);
	await refused;
	expect(logLines().map(({ message }) => message)).toContainEqual(expect.stringContaining('took longer than 300 ms'));
});

test('maintenance may run for longer than a query', async () => {
	const db = await open('--unit-limit=500');
	await db.transaction().execute(async (tx) => {
		await sql`set local application_name = 'maintenance'`.execute(tx);
		await sql`select pg_sleep(1.2)`.execute(tx);
	});
	expect(pids().length).toBe(1);
});

test('a database that has ended inside its process starts again', async () => {
	const db = await open();
	await sql`create table kept as select 1 as id`.execute(db);
	// WebAssembly has no programs to start, and PostgreSQL does not outlive the attempt.
	await expect(sql`copy kept to program 'cat'`.execute(db)).rejects.toMatchObject({ reason: 'unavailable' });
	expect(await scalar(db, 'select count(*) from kept')).toBe(1);
	expect(logLines().map(({ message }) => message)).toContain('database died');
});

test(
	'a planned restart gives memory back, and nobody who reads or writes meanwhile notices',
	{ timeout: 60_000 },
	async () => {
		const db = await open('--most-memory=1', '--quiet=300');
		await sql`create table kept (id int primary key)`.execute(db);
		let written = 0;
		const use = async (user: number) => {
			for (; new Set(pids()).size < 2; written += 1) {
				const id = user * 100_000 + written;
				await sql`insert into kept values (${id})`.execute(db);
				await db.transaction().execute(async (tx) => {
					await sql`update kept set id = -id where id = ${id}`.execute(tx);
					await sql`select count(*) from kept`.execute(tx);
				});
				// Rarely enough for a quiet look.
				await pause(1_000);
			}
		};
		await Promise.all([use(1), use(2)]);
		expect(await scalar(db, 'select count(*) from kept where id < 0')).toBe(written);
		expect(logLines().map(({ message }) => message)).toContain('the database starts again to give memory back');
	}
);

test('a database that is ended while it starts is refused in words of its own, and starts again', async () => {
	writeFileSync(join(folder(), 'database.log'), '{"message":"database ready"}\n', { mode: 0o600 });
	const opening = open();
	const refused = expect(opening).rejects.toThrow('The embedded database was ended while it started (SIGKILL)');
	for (let pid = NaN; !pid; await pause(5)) {
		pid = Number(/^process (\d+)$/.exec(await holderOf(folder()))?.[1]);
		if (pid) process.kill(pid, 'SIGKILL');
	}
	await refused;
	await pause(300);
	expect(await scalar(await open(), 'select 1')).toBe(1);
});
