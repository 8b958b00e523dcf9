// @module-tag embedded
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { openDatabase } from '../connection.ts';
import { socketFolderOf } from './data-folder.ts';
import { isAlive } from './lock.ts';
import { socketName } from './socket.ts';
import { program, scalar, useDataFolder } from './test-folder.ts';

const { open, alive, running, pids, logLines, folder, moveTo, copyTo } = useDataFolder();

test('two that start at once share one database, and a second process on the folder gives way', async () => {
	const [one, two] = await Promise.all([open(), open()]);
	await sql`create table shared (id int)`.execute(one);
	expect(await scalar(two, 'select count(*) from shared')).toBe(0);
	expect(pids().length).toBe(1);
	const [code] = await once(spawn(process.execPath, [program, folder()]), 'exit');
	expect(code).toBe(3);
});

test('the database closes when nobody needs it, and leaves nothing behind', async () => {
	const database = await openDatabase(
		{ dataFolder: folder(), databaseUrl: null },
		{ processArguments: ['--linger=100'] }
	);
	const pid = await alive();
	await pause(300);
	expect(running()).toBe(pid);
	await database.close();
	while (running()) await pause(10);
	expect(logLines().at(-1)).toMatchObject({ message: 'database closed' });
	expect(existsSync(join(folder(), 'socket', '.s.PGSQL.5432'))).toBe(false);
});

test('SIGTERM rolls back what is open and ends well', async () => {
	const { host, child } = await startHere();
	const client = new pg.Client({ host, user: 'postgres' });
	const told: unknown[] = [];
	client.on('error', (fault) => told.push(fault));
	await client.connect();
	await client.query('create table kept (id int)');
	await client.query('begin');
	await client.query('insert into kept values (1)');
	child.kill('SIGTERM');
	expect((await once(child, 'exit'))[0]).toBe(0);
	expect(told[0]).toMatchObject({ code: '57P01' });
	expect(await scalar(await open(), 'select count(*) from kept')).toBe(0);
});

async function startHere() {
	const child = spawn(process.execPath, [program, folder()], { stdio: ['ignore', 'ignore', 'pipe'] });
	await once(child.stderr, 'data');
	return { host: socketFolderOf(folder()), child };
}

test('a data folder with a long path has its socket elsewhere, for its owner alone', async () => {
	const long = join(folder(), 'x'.repeat(100));
	copyTo(long);
	moveTo(long);
	const db = await open();
	expect(await scalar(db, 'select 1')).toBe(1);
	const socketFolder = socketFolderOf(folder());
	expect(socketFolder.startsWith(tmpdir())).toBe(true);
	expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
	process.kill(await alive(), 'SIGTERM');
	while (running()) await pause(10);
	// Nobody else can take its name.
	expect(readdirSync(socketFolder)).toEqual([]);
	rmSync(socketFolder, { recursive: true });
});

test.runIf(process.getuid?.() === 0)(
	'who takes the name of the socket folder before or after the database was there is told nothing',
	async ({ onTestFinished }) => {
		const long = join(folder(), 'x'.repeat(100));
		copyTo(long);
		moveTo(long);
		const socketFolder = socketFolderOf(long);
		let visitors = 0;
		const other = createServer(() => (visitors += 1));
		const take = async () => {
			mkdirSync(socketFolder);
			chownSync(socketFolder, 12345, 12345);
			other.listen(join(socketFolder, socketName));
			await once(other, 'listening');
		};
		onTestFinished(() => rmSync(socketFolder, { recursive: true, force: true }));
		await take();
		await expect(open()).rejects.toThrow('not ours alone');
		other.close();
		rmSync(socketFolder, { recursive: true });
		const db = await open();
		await sql`select`.execute(db);
		const pid = await alive();
		// As a cleaner of temporary folders may, or an older version.
		process.kill(pid, 'SIGKILL');
		while (isAlive(pid)) await pause(5);
		rmSync(socketFolder, { recursive: true });
		await take();
		await expect(scalar(db, 'select 1')).rejects.toThrow('not ours alone');
		other.close();
		expect(visitors).toBe(0);
	}
);

test('a folder that cannot be used is refused in a sentence', async () => {
	moveTo(join(folder(), 'photos'));
	mkdirSync(join(folder(), 'holiday'), { recursive: true });
	await expect(open()).rejects.toMatchObject({
		reason: 'unavailable',
		message: expect.stringContaining('holds something else')
	});
});
