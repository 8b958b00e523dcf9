import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase, type OpenDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { backUp } from './backup-file.ts';
import { type Change, changedSince } from './changed-since.ts';
import { compareTables } from './compare.ts';
import type { Source } from './consistent.ts';
import { isFilled, refuseUnlessEmpty } from './refuse-unless.ts';
import { bringIn, checkBackup, type Restored } from './restore-backup.ts';
import { endRestore, halfRestored } from './restoring.ts';
import type { Verified } from './verify-backup.ts';
import type { Watched } from './write-backup.ts';

export interface MoveWanted extends Watched {
	source: Source;
	/** The PostgreSQL server to move to. */
	to: string;
	now: Date;
}

export interface Moved extends Restored {
	/** What has been written to the source since it was copied; it is not in the target. */
	changes: Change[];
}

/**
 * Copies everything to a PostgreSQL server: a backup into a file of the data folder, its restore into the server, and a
 * comparison of what both have. The file stays until the target is complete, so that a move that was cut off goes on with the same
 * one, at whatever place.
 */
export async function moveDatabase(wanted: MoveWanted): Promise<Moved> {
	const { source, to } = wanted;
	const target = await openTarget(source.dataFolder, to);
	try {
		mkdirSync(source.dataFolder, { recursive: true, mode: 0o700 });
		const path = join(source.dataFolder, 'moving.backup');
		const arrived = await arrivedBefore(target.db, { ...wanted, path });
		const moved = arrived ?? (await bringOver(target, { ...wanted, path }));
		rmSync(path, { force: true });
		return moved;
	} finally {
		await target.close();
	}
}

type Moving = MoveWanted & { path: string };

async function bringOver(target: OpenDatabase, moving: Moving): Promise<Moved> {
	const half = await halfRestored(target.db);
	if (half === null) await copyAnew(target.db, moving);
	else if (!existsSync(moving.path)) throw startAgain();
	const verified = await checkBackup(moving);
	const restored = await bringIn(target, { ...moving, verified });
	const changes = await changesOf(moving.source, verified);
	await endRestore(target.db);
	return { ...restored, changes };
}

/** What an earlier run has moved wholly, and was ended before it could say so: the target is what the file is. Else null. */
async function arrivedBefore(target: Db, moving: Moving): Promise<Moved | null> {
	if (!existsSync(moving.path) || (await halfRestored(target)) !== null || !(await isFilled(target))) return null;
	const verified = await sameAs(target, moving);
	if (!verified) return null;
	const changes = await changesOf(moving.source, verified);
	const { header, rows, jobs, parts } = verified;
	const { madeAt, version, tables } = header;
	return { rows, tables: tables.length, jobs, partsBefore: parts, applied: [], madeAt, version, changes };
}

async function sameAs(target: Db, moving: Moving) {
	try {
		const verified = await checkBackup(moving);
		await compareTables(target, { ...moving, trailer: verified.trailer });
		return verified;
	} catch (fault) {
		// The file of another move, or a damaged one: the target is refused as it is without it.
		if (fault instanceof Refused) return null;
		throw fault;
	}
}

const startAgain = () =>
	new Refused(
		'conflict',
		'A move or a restore into this database was cut off, and its file is gone; take an empty database.'
	);

async function openTarget(dataFolder: string, to: string) {
	const settings = { dataFolder, databaseUrl: to, setting: '--to' };
	const target = await openDatabase(settings, { applicationName: 'maintenance' });
	const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(
		target.db
	);
	if (rows[0]!.encoding === 'UTF8') return target;
	await target.close();
	throw new Refused('unavailable', `The database of --to is encoded in ${rows[0]!.encoding}; make one in UTF8.`);
}

/** A copy that an earlier run left, of which nothing has come in, is older than one made now. */
async function copyAnew(target: Db, { path, ...wanted }: Moving) {
	// Before the time that the copy takes, and not after it.
	await refuseUnlessEmpty(target);
	rmSync(path, { force: true });
	await backUp({ ...wanted, path });
}

async function changesOf(source: Source, { header, trailer }: Verified) {
	const { db, close } = await openDatabase(source);
	try {
		return await changedSince(db, { header, trailer });
	} finally {
		await close();
	}
}
