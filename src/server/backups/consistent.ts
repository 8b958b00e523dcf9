import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { copyDatabase, databaseState } from '#server/db/embedded/control.ts';
import { socketFolderOf } from '#server/db/embedded/data-folder.ts';
import { isLocked } from '#server/db/embedded/lock.ts';
import { leftBehindIn, nameUnderWay } from './under-way.ts';

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

async function inCopy<T>(source: Source, work: Work<T>) {
	const folder = join(source.dataFolder, 'copies');
	const { close } = await openDatabase(source);
	let copy: string | undefined;
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		for (const left of leftBehindIn(folder, () => true)) await remove(left);
		copy = nameUnderWay(join(folder, 'copy'));
		const { pauseMs } = await copyDatabase(source.dataFolder, copy);
		return await inTransaction({ dataFolder: copy, databaseUrl: null }, pauseMs, work);
	} finally {
		await close();
		if (copy) await remove(copy);
	}
}

/** Milliseconds that the process of a copy has to leave by itself, as it does within moments. */
const patience = 10_000;

/**
 * The process that serves it is told to end, and takes its socket with it, which may lie outside; one that does not is killed. It would
 * write on into files that are gone.
 */
async function remove(copy: string) {
	if (!existsSync(copy)) return;
	const socketFolder = socketFolderOf(copy);
	const began = performance.now();
	let told = false;
	while ((await isLocked(copy).catch(() => false)) && performance.now() - began < 2 * patience) {
		const pid = (await databaseState(copy).catch(() => null))?.pid;
		if (pid && performance.now() - began > patience) end(pid, 'SIGKILL');
		else if (pid && !told) told = end(pid, 'SIGTERM');
		await pause(25);
	}
	rmSync(socketFolder, { recursive: true, force: true });
	rmSync(copy, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** It may have ended meanwhile. */
function end(pid: number, signal: NodeJS.Signals) {
	try {
		return process.kill(pid, signal);
	} catch {
		return true;
	}
}
