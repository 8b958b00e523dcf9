import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type OpenDatabase, openDatabase } from '#server/db/connection.ts';
import { endDatabase } from '../database-process.ts';
import { type Fixture, unpack } from './fixtures.ts';
import { type Tally, tallyOf } from './tallies.ts';

const program = join(import.meta.dirname, '../../bin/broadsheet');

/** For each test a copy of the folder that a release left, and the commands of this version on it. Nothing of it stays. */
export function useOldFolder({ version }: Fixture) {
	let scratch: string;
	let kept: string;
	const folders: string[] = [];
	const opened: OpenDatabase[] = [];
	const running: ChildProcess[] = [];

	beforeAll(async () => {
		scratch = mkdtempSync(join(tmpdir(), 'broadsheet-upgrade-'));
		kept = join(scratch, 'kept');
		await unpack(version, kept);
	});

	afterEach(async () => {
		await Promise.all(opened.splice(0).map(({ close }) => close()));
		for (const child of running.splice(0)) {
			child.kill('SIGTERM');
			await ended(child);
		}
		// The later ones may lie inside of the first.
		for (const folder of folders.splice(0).toReversed()) {
			await endDatabase(folder);
			await rm(folder, { recursive: true });
		}
	});

	afterAll(() => rm(scratch, { recursive: true }));

	/** A folder that nothing has opened yet. */
	function fresh() {
		const folder = mkdtempSync(join(scratch, 'data-'));
		cpSync(kept, folder, { recursive: true });
		return adopt(folder);
	}

	/** Looks after the database process of a folder. */
	function adopt(folder: string) {
		folders.push(folder);
		return folder;
	}

	function start(folder: string, ...args: string[]) {
		const env = { ...process.env, DATA_FOLDER: folder, DATABASE_URL: '', PORT: '0' };
		const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
		running.push(child);
		return child;
	}

	/** Runs a command of this version to its end. */
	async function run(folder: string, ...args: string[]) {
		const child = start(folder, ...args);
		const exited = once(child, 'exit') as Promise<[number]>;
		const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
		return { status, out, err };
	}

	/** Serves the folder and gives the site's address. */
	async function serve(folder: string) {
		const child = start(folder, 'serve', '--json');
		const said = text(child.stderr);
		const line = once(createInterface(child.stdout), 'line').then(([json]) => json as string);
		const failed = once(child, 'exit').then(async () => Promise.reject(new Error(await said)));
		failed.catch(() => {});
		return (JSON.parse(await Promise.race([line, failed])) as { address: string }).address;
	}

	async function open(folder: string) {
		const database = await openDatabase({ dataFolder: folder, databaseUrl: null });
		opened.push(database);
		return database.db;
	}

	return { fresh, adopt, start, run, serve, open };
}

export function kill(child: ChildProcess) {
	child.kill('SIGKILL');
	return ended(child);
}

export async function ended(child: ChildProcess) {
	if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** What the tables of a release hold now, of the columns that they had. */
export async function talliesNow(db: OpenDatabase['db'], { tables }: Fixture) {
	const tallies: Record<string, Tally> = {};
	for (const [name, { columns }] of Object.entries(tables)) tallies[name] = await tallyOf(db, { name, columns });
	return tallies;
}
