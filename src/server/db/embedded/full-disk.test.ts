// @module-tag embedded
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { databaseState } from './control.ts';
import { freeBytesAt } from './room.ts';
import { scalar, useDataFolder } from './test-folder.ts';

const { open, alive, pids, folder, copyTo, moveTo, logLines } = useDataFolder();
/** A file system of its own needs a superuser. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;
const refusal = {
	reason: 'unavailable',
	message: 'The disk of the database is full. Nothing was lost, and writing works again once there is room.'
};
let disk: string;

beforeEach(({ onTestFinished }) => {
	if (!mayMount) return;
	disk = mkdtempSync(join(tmpdir(), 'broadsheet-disk-'));
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk]);
	// After the database has ended, but for the last moments of its process.
	onTestFinished(() => {
		execFileSync('umount', ['--lazy', disk]);
		rmSync(disk, { recursive: true });
	});
	copyTo(join(disk, 'folder'));
	moveTo(join(disk, 'folder'));
});

/** Others write until so many bytes are left. */
function fillUpTo(left: number) {
	const file = openSync(join(disk, 'filling'), 'a');
	const some = Buffer.alloc(2 ** 16, 1);
	try {
		for (let size = freeBytesAt(disk) - left; size > 0; size -= some.length)
			writeSync(file, some, 0, Math.min(size, some.length));
	} finally {
		closeSync(file);
	}
}

const makeRoom = () => rmSync(join(disk, 'filling'));

test.runIf(mayMount).for([20_000_000, 0])(
	'promise 28: with %i bytes left on the disk pages are read, writes are refused, and both work once there is room',
	{ timeout: 60_000 },
	async (left) => {
		const db = await open();
		await sql`create table kept as select n as id, repeat('x', 500) as text from generate_series(1, 5000) n`.execute(
			db
		);
		fillUpTo(left);
		await expect.poll(async () => (await databaseState(folder())).full, { timeout: 5_000 }).toBe(true);
		await expect(sql`insert into kept values (0, '')`.execute(db)).rejects.toMatchObject(refusal);
		await expect(db.transaction().execute((tx) => sql`update kept set id = 0`.execute(tx))).rejects.toMatchObject(
			refusal
		);
		expect(await scalar(db, 'select count(*) from kept where id > 0')).toBe(5000);
		makeRoom();
		const began = performance.now();
		await expect
			.poll(
				() =>
					sql`insert into kept values (1, '')`.execute(db).then(
						() => 'written',
						() => 'refused'
					),
				{ timeout: 10_000 }
			)
			.toBe('written');
		expect(performance.now() - began).toBeLessThan(10_000);
		expect(await scalar(db, 'select count(*) from kept')).toBe(5001);
		expect(pids().length).toBe(1);
		expect(logLines().filter(({ level }) => level !== 'info').length).toBe(2);
	}
);

test.runIf(mayMount)(
	'promise 28: a database that writes until its disk is full loses nothing that it has acknowledged',
	{ timeout: 60_000 },
	async () => {
		const db = await open();
		await sql`create table kept (id int primary key, text text)`.execute(db);
		let acknowledged = 0;
		const fill = async () => {
			for (;;) {
				await sql`insert into kept select ${acknowledged}, string_agg(md5(random()::text), '') from generate_series(1, 30000)`.execute(
					db
				);
				acknowledged += 1;
			}
		};
		await expect(fill()).rejects.toMatchObject(refusal);
		const huge =
			sql`insert into kept select n + 1000000, repeat(md5(n::text), 60) from generate_series(1, 100000) n`.execute(db);
		await expect(huge).rejects.toMatchObject(refusal);
		process.kill(await alive(), 'SIGKILL');
		expect(await scalar(db, 'select count(*) from kept')).toBe(acknowledged);
		expect(freeBytesAt(disk)).toBeGreaterThan(5_000_000);
		await pause(500);
		await expect(sql`insert into kept values (-1)`.execute(db)).rejects.toMatchObject(refusal);
	}
);
