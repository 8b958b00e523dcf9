import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { scalar, useDataFolder } from './test-folder.ts';

const { open, alive, running, pids, logLines } = useDataFolder();

test('what was acknowledged survives kill -9, and the others are back by themselves', async () => {
	const db = await open();
	await sql`create table kept (id int primary key)`.execute(db);
	let acknowledged = 0;
	for (let round = 0; round < 3; round += 1) {
		const pid = await alive();
		const until = performance.now() + 150;
		while (performance.now() < until) {
			await sql`insert into kept values (${acknowledged})`.execute(db);
			acknowledged += 1;
		}
		process.kill(pid, 'SIGKILL');
		// The promise is 2 s, and alone it takes 0.6 to 0.8 s.
		expect(await scalar(db, 'select count(*) from kept')).toBe(acknowledged);
	}
	await alive();
	expect(new Set(pids()).size).toBe(4);
});

test('every commit reaches the disk before it is acknowledged', async () => {
	const db = await open();
	expect(await scalar(db, 'show fsync')).toBe('on');
	expect(await scalar(db, 'show wal_sync_method')).toBe('fsync');
	expect(await scalar(db, 'show full_page_writes')).toBe('on');
	await sql`create table kept (id int primary key)`.execute(db);
	for (let id = 0; id < 100; id += 1) await sql`insert into kept values (${id})`.execute(db);
	process.kill(await alive(), 'SIGTERM');
	while (running()) await pause(10);
	expect(logLines().at(-1)).toMatchObject({ message: 'database closed' });
	expect(logLines().at(-1)!.fsyncs).toBeGreaterThan(100);
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
