import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { copyDatabase, databaseState } from '#server/db/embedded/control.ts';
import { isAlive, isLocked } from '#server/db/embedded/lock.ts';

export interface Source {
	dataFolder: string;
	/** A PostgreSQL server; null means the embedded database of the folder. */
	databaseUrl: string | null;
}

/** What work is done with: a transaction that sees one state of the database, and how long everybody had to wait for it. */
type Work<T> = (tx: Db, pauseMs: number) => Promise<T>;

/**
 * Works on one state of the database while it goes on changing. A server gives that to a transaction. The embedded database has
 * one session, which a long transaction would take from everybody: its files are copied in one short pause, and a second
 * database process serves the copy, which goes when the work is done.
 */
export function inOneState<T>(source: Source, work: Work<T>): Promise<T> {
	return source.databaseUrl ? inTransaction(source, 0, work) : inCopy(source, work);
}

async function inTransaction<T>(source: Source, pauseMs: number, work: Work<T>) {
	const { db, close } = await openDatabase(source, { applicationName: 'maintenance' });
	try {
		const transaction = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
		return await transaction.execute((tx) => work(tx, pauseMs));
	} finally {
		await close();
	}
}

let copies = 0;

async function inCopy<T>(source: Source, work: Work<T>) {
	const folder = join(source.dataFolder, 'copies');
	const { close } = await openDatabase(source);
	let copy: string | undefined;
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		await sweep(folder);
		copy = join(folder, `${process.pid}-${(copies += 1)}`);
		const { pauseMs } = await copyDatabase(source.dataFolder, copy);
		return await inTransaction({ dataFolder: copy, databaseUrl: null }, pauseMs, work);
	} finally {
		await close();
		if (copy) await remove(copy);
	}
}

const made = () => Array.from({ length: copies }, (_, at) => `${process.pid}-${at + 1}`);

/** What a process that was killed left behind. */
async function sweep(folder: string) {
	const ours = made();
	for (const name of readdirSync(folder)) {
		const isUsed = isAlive(Number.parseInt(name, 10)) && !name.startsWith(`${process.pid}-`);
		if (!isUsed && !ours.includes(name)) await remove(join(folder, name));
	}
}

/** The process that serves it has nothing to bring in order, and is ended: it would write on into files that are gone. */
async function remove(copy: string) {
	for (let tries = 0; tries < 200 && (await isLocked(copy).catch(() => false)); tries += 1) {
		await databaseState(copy).then(
			({ pid }) => process.kill(pid, 'SIGKILL'),
			() => {}
		);
		await pause(50);
	}
	rmSync(copy, { recursive: true, force: true });
}
