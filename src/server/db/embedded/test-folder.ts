import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type OpenDatabase, openDatabase } from '../connection.ts';
import { isAlive, isLocked } from './lock.ts';

export const program = fileURLToPath(new URL('process.ts', import.meta.url));

/** A data folder for each test of one file, and the database processes that were started on it, which end with the test. */
export function useDataFolder() {
	let template: string;
	let scratch: string;
	let folder: string;
	const opened: OpenDatabase[] = [];

	/** Making a database takes 2.5 s, copying one 0.1 s. */
	beforeAll(async () => {
		template = folder = mkdtempSync(join(tmpdir(), 'broadsheet-template-'));
		await open();
		await closeAll();
		rmSync(join(template, 'database.log'));
	});

	beforeEach(() => {
		folder = scratch = mkdtempSync(join(tmpdir(), 'broadsheet-process-'));
		cpSync(template, folder, { recursive: true });
	});

	afterEach(async () => {
		await closeAll();
		rmSync(scratch, { recursive: true });
	});

	afterAll(() => rmSync(template, { recursive: true, force: true }));

	async function closeAll() {
		await Promise.all(opened.splice(0).map(({ close }) => close()));
		for (; await isLocked(folder); await pause(10)) {
			const pid = running();
			if (pid) process.kill(pid, 'SIGTERM');
		}
	}

	async function open(...processArguments: string[]) {
		const database = await openDatabase({ dataFolder: folder, databaseUrl: null }, { processArguments });
		opened.push(database);
		return database.db;
	}

	const logLines = () => {
		const path = join(folder, 'database.log');
		const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
		return text
			.trim()
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line) as Record<string, unknown>);
	};

	const pids = () =>
		logLines()
			.filter(({ message }) => message === 'database ready')
			.map(({ pid }) => Number(pid));

	/** The database process that is alive, if one is. */
	function running() {
		return pids().find(isAlive);
	}

	/** The same, waited for: it answers a moment before it says so in its log. */
	async function alive() {
		for (;;) {
			const pid = running();
			if (pid) return pid;
			await pause(5);
		}
	}

	return {
		open,
		alive,
		running,
		pids,
		logLines,
		folder: () => folder,
		/** Goes on in another folder, inside of the first one. */
		moveTo: (path: string) => {
			folder = path;
		},
		/** A copy of an empty database. */
		copyTo: (path: string) => cpSync(template, path, { recursive: true })
	};
}

/** The one value of an answer. */
export const scalar = async (db: OpenDatabase['db'], text: string) =>
	Object.values((await sql.raw<Record<string, unknown>>(text).execute(db)).rows[0]!)[0];
