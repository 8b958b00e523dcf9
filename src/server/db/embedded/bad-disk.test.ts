// @module-tag embedded
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { Db } from '../database.ts';
import { scalar, useDataFolder } from './test-folder.ts';

const { open, alive, pids, folder, copyTo, moveTo, logLines } = useDataFolder();
/** Tracing another process, and a file system of its own, need a superuser. */
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const path = `${process.env.PATH}${delimiter}/usr/sbin`;
const has = (program: string) => path.split(delimiter).some((one) => existsSync(join(one, program)));
const mayTrace = isRoot && has('strace');
const mayFail = isRoot && has('mke2fs') && existsSync('/sys/fs/ext4/features') && existsSync('/dev/loop-control');
const run = (program: string, ...args: string[]) =>
	execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, PATH: path } });
const interrupted = { reason: 'unavailable', message: 'The database was interrupted; try again.' };

test.runIf(mayTrace)(
	'promise 28: a commit whose fsync fails is acknowledged to nobody, and the database is back within 10 s',
	{ timeout: 30_000 },
	async () => {
		const db = await open();
		await sql`create table kept (id int primary key)`.execute(db);
		const synced = await traceFailing(await alive(), 20);
		const { acknowledged, refusal } = await writeUntilRefused(db);
		expect(refusal).toMatchObject(interrupted);
		expect(await backAfter(db)).toBeLessThan(10_000);
		expect(synced.at(-1)).toMatch(/pg_wal.* EIO .*INJECTED/);
		expect(acknowledged).toBe(synced.filter((line) => line.includes('pg_wal')).length - 1);
		// Its log may hold the row that was refused; nobody was told that it does.
		expect(await scalar(db, `select count(*) from kept where id between 1 and ${acknowledged}`)).toBe(acknowledged);
		// It answers a moment before it says so in its log.
		await expect.poll(() => pids().length).toBe(2);
		expect(logLines().map(({ message }) => message)).toContain('database died');
	}
);

test.runIf(mayFail)(
	'promise 28: when the file system turns read-only nothing acknowledged is lost, and mounted again it takes writes within 10 s',
	{ timeout: 40_000 },
	async () => {
		const { mount, unmount, breakDown } = ownDisk();
		mount();
		const db = await open();
		await sql`create table kept (id int primary key)`.execute(db);
		await sql`insert into kept values (1)`.execute(db);
		// What others open for writing, nobody can make read-only; the file system itself does, when it finds an error.
		expect(() => run('mount', '-o', 'remount,ro', join(folder(), '..'))).toThrow(/busy/);
		breakDown();
		const { acknowledged, refusal } = await writeUntilRefused(db, 2);
		expect(refusal).toMatchObject({ reason: 'unavailable' });
		const unwritten = { reason: 'unavailable', message: `The data folder ${folder()} cannot be written (EROFS).` };
		await expect(sql`insert into kept values (0)`.execute(db)).rejects.toMatchObject(unwritten);
		await expect(scalar(db, 'select count(*) from kept')).rejects.toMatchObject(unwritten);
		await unmount();
		mount();
		expect(await backAfter(db)).toBeLessThan(10_000);
		expect(await scalar(db, `select count(*) from kept where id between 1 and ${acknowledged}`)).toBe(acknowledged);
	}
);

test('a start that fails after a power cut says why, also where the cut has left zeros in the log', async () => {
	rmSync(join(folder(), 'postgres/global/pg_control'));
	appendFileSync(join(folder(), 'database.log'), '\0'.repeat(200), { mode: 0o600 });
	await expect(open()).rejects.toThrow(/^The embedded database did not start: [^\0{}]+$/);
});

/** Has the kernel fail one fsync of a process; gives the fsyncs that there were, with their files. */
async function traceFailing(pid: number, which: number) {
	const inject = ['-e', 'trace=fsync', '-e', `inject=fsync:error=EIO:when=${which}`];
	const tracer = spawn('strace', ['-f', '-y', ...inject, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
	onTestFinished(() => void tracer.kill());
	const attached = Promise.withResolvers<void>();
	const synced: string[] = [];
	createInterface(tracer.stderr).on('line', (line) => {
		if (line.includes('attached')) attached.resolve();
		if (line.includes('fsync(')) synced.push(line);
	});
	await attached.promise;
	return synced;
}

/** A data folder on an ext4 of its own, which can be told that it has found an error. */
function ownDisk() {
	const disk = mkdtempSync(join(tmpdir(), 'broadsheet-disk-'));
	const image = `${disk}.image`;
	const isMounted = () => run('losetup', '-j', image) !== '';
	onTestFinished(() => {
		if (isMounted()) run('umount', '--lazy', disk);
		rmSync(disk, { recursive: true });
		rmSync(image);
	});
	run('mke2fs', '-q', '-t', 'ext4', image, '300M');
	const mount = () => {
		run('mount', '-o', 'loop,errors=remount-ro', image, disk);
		if (existsSync(join(disk, 'folder'))) return;
		copyTo(join(disk, 'folder'));
		moveTo(join(disk, 'folder'));
		run('sync', '--file-system', disk);
	};
	const loop = () => basename(run('losetup', '-j', image).split(':')[0]!);
	return {
		mount,
		breakDown: () => writeFileSync(`/sys/fs/ext4/${loop()}/trigger_fs_error`, '1'),
		/** Once its database process has ended. */
		unmount: () => expect.poll(() => attempted(() => run('umount', disk)), { timeout: 5_000 }).toBe('done')
	};
}

function attempted(work: () => void) {
	try {
		work();
		return 'done';
	} catch (fault) {
		return String(fault);
	}
}

/** Writes numbered rows until one is refused. */
async function writeUntilRefused(db: Db, first = 1) {
	for (let id = first; ; id += 1) {
		const refusal = await refusalOf(db, id);
		if (refusal) return { acknowledged: id - 1, refusal };
	}
}

/** Milliseconds until a row is written. */
async function backAfter(db: Db) {
	const began = performance.now();
	await expect.poll(() => refusalOf(db, 1_000_000), { timeout: 10_000 }).toBeNull();
	return performance.now() - began;
}

const refusalOf = (db: Db, id: number) =>
	sql`insert into kept values (${id})`.execute(db).then(
		() => null,
		(fault: unknown) => fault
	);
