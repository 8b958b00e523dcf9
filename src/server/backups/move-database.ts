import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase, type OpenDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { backUp } from './backup-file.ts';
import { type Change, changedSince } from './changed-since.ts';
import { countsOf, haveSameCounts, holds } from './compare.ts';
import type { Source } from './consistent.ts';
import { isFilled } from './refuse-unless.ts';
import { alreadyThere, bringIn, checkBackup, type Restored } from './restore-backup.ts';
import { claimForMove, endRestore, giveUpMove, halfRestored } from './restoring.ts';
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
 * comparison of what both have. The target is claimed before the copy is taken. The file stays until the target is complete, so that
 * a move that was cut off goes on with the same one, at whatever place.
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
	const verified = await copied(target.db, moving).catch(async (fault) => {
		// One that was cut off goes on, and keeps its claim; one that is refused would be again.
		if (fault instanceof Refused) await giveUpMove(target.db);
		throw fault;
	});
	const restored = await bringIn(target, { ...moving, verified });
	const changes = await changesOf(moving.source, verified);
	await endRestore(target.db);
	return { ...restored, changes };
}

/**
 * A copy that an earlier run left, of which nothing has come in, is older than one made now. The target is claimed before the
 * time that this takes, and not after it.
 */
async function copied(target: Db, moving: Moving) {
	const half = await claimForMove(target);
	if (half === null) await copyAnew(moving);
	else if (!existsSync(moving.path)) throw startAgain();
	return checkCopy(moving);
}

async function copyAnew({ path, ...wanted }: Moving) {
	rmSync(path, { force: true });
	await backUp({ ...wanted, path });
}

const checkCopy = (moving: Moving) =>
	checkBackup({ ...moving, onPhase: (phase) => moving.onPhase?.(phase === 'check' ? 'checkCopy' : phase) });

/** What an earlier run has moved wholly, whether it could say so or was ended before: the target is what is here. Else null. */
async function arrivedBefore(target: Db, moving: Moving): Promise<Moved | null> {
	if ((await halfRestored(target)) !== null || !(await isFilled(target))) return null;
	const made = !existsSync(moving.path);
	if (made && !(await isAsManyAs(target, moving.source))) return null;
	// A move that ended well has taken its copy away: what is here now is compared.
	if (made) await copyAnew(moving);
	const verified = await sameAs(target, moving);
	if (verified) return { ...alreadyThere(verified), changes: await changesOf(moving.source, verified) };
	if (made) rmSync(moving.path);
	return null;
}

/** Tells at once of most targets that they hold something else. */
async function isAsManyAs(target: Db, source: Source) {
	const { db, close } = await openDatabase(source);
	try {
		return haveSameCounts(await countsOf(db), await countsOf(target));
	} finally {
		await close();
	}
}

async function sameAs(target: Db, moving: Moving) {
	try {
		const verified = await checkCopy(moving);
		return (await holds(target, { ...moving, trailer: verified.trailer })) ? verified : null;
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

async function changesOf(source: Source, { header, trailer }: Verified) {
	const { db, close } = await openDatabase(source);
	try {
		return await changedSince(db, { header, trailer });
	} finally {
		await close();
	}
}
