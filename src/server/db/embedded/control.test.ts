// @module-tag embedded
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../connection.ts';
import { copyDatabase, databaseState } from './control.ts';
import { socketFolderOf } from './data-folder.ts';
import { socketName } from './socket.ts';
import { scalar, useDataFolder } from './test-folder.ts';

const { open, alive, folder } = useDataFolder();
let elsewhere: string;
beforeEach(() => void (elsewhere = mkdtempSync(join(tmpdir(), 'broadsheet-copy-'))));
afterEach(() => rmSync(elsewhere, { recursive: true, maxRetries: 20 }));

test('the database process says how it does, also while a query runs', async () => {
	const db = await open();
	const slow = sql`select pg_sleep(1)`.execute(db);
	await pause(50);
	const began = performance.now();
	const state = await databaseState(folder());
	expect(performance.now() - began).toBeLessThan(500);
	expect(state).toMatchObject({ pid: await alive(), version: expect.stringMatching(/^\d+\.\d+\.\d+$/), full: false });
	expect(state.clients).toBeGreaterThan(0);
	expect(state.rssBytes).toBeGreaterThan(50_000_000);
	expect(state.freeBytes).toBeGreaterThan(0);
	expect(state.copies).toEqual({ count: 0, longestMs: 0, lastMs: null, lastAt: null });
	await slow;
});

test(
	'a copy of the running database opens with all that was committed, and nothing else',
	{ timeout: 60_000 },
	async () => {
		const db = await open();
		await sql`create table kept as select n as id from generate_series(1, 1000) n`.execute(db);
		const to = join(elsewhere, 'copy');
		let writes = 0;
		let stops = false;
		const writing = (async () => {
			for (; !stops; writes += 1) await sql`insert into kept values (${1001 + writes})`.execute(db);
		})();
		const { bytes, pauseMs } = await copyDatabase(folder(), to);
		stops = true;
		await writing;
		expect(bytes).toBeGreaterThan(20_000_000);
		expect(pauseMs).toBeGreaterThan(0);
		expect(statSync(to).mode & 0o777).toBe(0o700);
		expect(readdirSync(elsewhere)).toEqual(['copy']);
		const { copies, checkpoints } = await databaseState(folder());
		expect(copies).toMatchObject({ count: 1, longestMs: expect.closeTo(pauseMs, 0), lastAt: expect.any(String) });
		expect(checkpoints.count).toBeGreaterThanOrEqual(0);
		const copy = await openDatabase({ dataFolder: to, databaseUrl: null }, { processArguments: ['--linger=2000'] });
		const { rows } = await sql<{
			n: number;
			last: number;
		}>`select count(*)::int as n, max(id) as last from kept`.execute(copy.db);
		await copy.close();
		expect(rows[0]!.n).toBe(rows[0]!.last);
		expect(rows[0]!.n).toBeGreaterThanOrEqual(1000);
		expect(rows[0]!.n).toBeLessThanOrEqual(1000 + writes);
		while (existsSync(join(to, 'socket'))) await pause(10);
	}
);

test('a copy goes nowhere where something is, and leaves nothing where it fails', async () => {
	await open();
	await expect(copyDatabase(folder(), elsewhere)).rejects.toMatchObject({
		reason: 'unavailable',
		message: `${elsewhere} exists already; a copy of the database needs a new folder.`
	});
	const nowhere = join(elsewhere, 'not', 'there');
	await expect(copyDatabase(folder(), nowhere)).rejects.toThrow(`could not be copied to ${nowhere} (ENOENT)`);
	expect(readdirSync(elsewhere)).toEqual([]);
});

test('where no database runs, or an older one, there is a sentence', async () => {
	await expect(databaseState(elsewhere)).rejects.toMatchObject({
		reason: 'unavailable',
		message: `No database runs in ${elsewhere}.`
	});
	await expect(databaseState(join(elsewhere, 'none'))).rejects.toThrow('No database runs');
	mkdirSync(socketFolderOf(elsewhere), { mode: 0o700 });
	const old = createServer((socket) => socket.destroy()).listen(join(socketFolderOf(elsewhere), socketName));
	await once(old, 'listening');
	await expect(databaseState(elsewhere)).rejects.toThrow('started by an older version of Broadsheet');
	old.close();
});

test('a database that is asked nonsense says no and lives on', async () => {
	const db = await open();
	for (const line of ['nonsense', '{"ask":"nonsense"}', '{"ask":"copy","to":"here"}', '{"ask":"copy"}', 'null']) {
		const socket = connect(join(socketFolderOf(folder()), 'control'));
		socket.end(`${line}\n`);
		expect(JSON.parse(await text(socket))).toEqual({ refused: expect.any(String) });
	}
	expect(await scalar(db, 'select 1')).toBe(1);
});
