// @module-tag embedded
import { once } from 'node:events';
import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
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

test('a copy into the database itself is refused, by whatever way, and so is one to a name that is a link', async () => {
	const db = await open();
	symlinkSync(join(folder(), 'postgres', 'base'), join(elsewhere, 'link'));
	symlinkSync(join(elsewhere, 'nowhere'), join(elsewhere, 'dangling'));
	for (const to of [join(folder(), 'postgres', 'copy'), join(folder(), 'postgres', 'base', 'copy')])
		await expect(copyDatabase(folder(), to)).rejects.toThrow('lies in the database itself');
	await expect(copyDatabase(folder(), join(elsewhere, 'link', 'copy'))).rejects.toThrow('lies in the database itself');
	await expect(copyDatabase(folder(), join(elsewhere, 'dangling'))).rejects.toThrow('exists already');
	expect(await scalar(db, 'select 1')).toBe(1);
});

test('a copy leaves alone what others have beside it, and the copies that are under way have names of their own', async () => {
	await open();
	const to = join(elsewhere, 'copy');
	mkdirSync(`${to}.copying`);
	writeFileSync(join(`${to}.copying`, 'precious'), '');
	const copied = copyDatabase(folder(), to);
	await expect
		.poll(() => readdirSync(elsewhere))
		.toContainEqual(expect.stringMatching(/^copy\.[0-9a-f]{12}\.copying$/));
	await copied;
	expect(readdirSync(elsewhere).toSorted()).toEqual(['copy', 'copy.copying']);
	expect(readdirSync(`${to}.copying`)).toEqual(['precious']);
});

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
	'a copy that fails and cannot be cleared away is refused, and the database lives on',
	async () => {
		const db = await open();
		const pid = await alive();
		const refused = expect(copyDatabase(folder(), join(elsewhere, 'copy'))).rejects.toThrow('could not be copied');
		await expect.poll(() => readdirSync(elsewhere), { interval: 5 }).toHaveLength(1);
		const aside = join(elsewhere, readdirSync(elsewhere)[0]!);
		// What a file system is mounted on can be neither renamed nor removed.
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', aside]);
		try {
			await refused;
			expect(readdirSync(elsewhere)).toEqual([expect.stringMatching(/\.copying$/)]);
		} finally {
			execFileSync('umount', ['--lazy', aside]);
		}
		expect(await scalar(db, 'select 1')).toBe(1);
		expect(await alive()).toBe(pid);
	}
);

test('a copy to where nothing can be made is refused, and the database lives on', async () => {
	const db = await open();
	const pid = await alive();
	for (const to of ['/proc/self/copy', join(elsewhere, 'x'.repeat(250)), '/dev/null/copy'])
		await expect(copyDatabase(folder(), to)).rejects.toThrow('could not be copied');
	expect(await scalar(db, 'select 1')).toBe(1);
	expect(await alive()).toBe(pid);
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

test('who answers in a socket folder that is not ours alone is not asked', async () => {
	const socketFolder = socketFolderOf(elsewhere);
	mkdirSync(socketFolder);
	const asked: string[] = [];
	const other = createServer(
		(socket) =>
			void text(socket).then(
				(line) => asked.push(line),
				() => {}
			)
	);
	other.listen(join(socketFolder, 'control'));
	await once(other, 'listening');
	chmodSync(socketFolder, 0o755);
	await expect(databaseState(elsewhere)).rejects.toThrow('not ours alone');
	other.close();
	expect(asked).toEqual([]);
});

const oddCopies = [5, null, ['/a'], '/a\0b', `/${'a'.repeat(4096)}`].map((to) => JSON.stringify({ ask: 'copy', to }));

test('a database that is asked nonsense says no and lives on', async () => {
	const db = await open();
	for (const line of [
		'nonsense',
		'{"ask":"nonsense"}',
		'{"ask":"copy","to":"here"}',
		'{"ask":"copy"}',
		'null',
		'',
		...oddCopies
	]) {
		const socket = connect(join(socketFolderOf(folder()), 'control'));
		socket.end(`${line}\n`);
		expect(JSON.parse(await text(socket))).toEqual({ refused: expect.any(String) });
	}
	expect(await scalar(db, 'select 1')).toBe(1);
});

test('a line without an end is not read to its end, and one that ends by itself is a line', async () => {
	const db = await open();
	const path = join(socketFolderOf(folder()), 'control');
	const endless = connect(path);
	// It may be told by EPIPE before it has read.
	const ended = text(endless).catch(() => {});
	let sent = 0;
	endless.on('error', () => {});
	const more = () => {
		while (!endless.destroyed && endless.write('a'.repeat(2 ** 16)) && sent < 1_000) sent += 1;
	};
	endless.on('drain', more);
	more();
	await ended;
	expect(sent).toBeLessThan(1_000);
	const long = connect(path);
	long.end(`{"ask":"state","more":"${'a'.repeat(40_000)}"}\n`);
	expect(JSON.parse(await text(long))).toEqual({ refused: expect.stringContaining('what it does not know') });
	const brief = connect(path);
	brief.end('{"ask":"state"}');
	expect(JSON.parse(await text(brief))).toMatchObject({ pid: await alive() });
	expect(await scalar(db, 'select 1')).toBe(1);
});
