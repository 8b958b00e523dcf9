import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { backUp } from './backup-file.ts';
import { type Change, changedSince } from './changed-since.ts';
import type { Source } from './consistent.ts';
import { checkBackup, type Restored, restoreBackup } from './restore-backup.ts';
import { halfRestored, refuseUnlessEmpty } from './restoring.ts';
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
 * comparison of what both have. The file stays until all is done, so that a move that was cut off goes on with the same one.
 */
export async function moveDatabase(wanted: MoveWanted): Promise<Moved> {
	const { source, to } = wanted;
	const target = await openTarget(source.dataFolder, to);
	try {
		mkdirSync(source.dataFolder, { recursive: true, mode: 0o700 });
		const path = join(source.dataFolder, 'moving.backup');
		const half = await halfRestored(target.db);
		if (half === null) await copyAnew(target.db, { ...wanted, path });
		else if (!existsSync(path)) throw startAgain();
		const verified = await checkBackup({ ...wanted, path });
		const restored = await restoreBackup(target, { ...wanted, path, verified });
		const changes = await changesOf(source, verified);
		rmSync(path, { force: true });
		return { ...restored, changes };
	} finally {
		await target.close();
	}
}

const startAgain = () =>
	new Refused(
		'conflict',
		'A move or a restore into this database was cut off, and its file is gone; take an empty database.'
	);

async function openTarget(dataFolder: string, to: string) {
	const target = await openDatabase({ dataFolder, databaseUrl: to }, { applicationName: 'maintenance' }).catch(
		inWordsOfMove
	);
	const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(
		target.db
	);
	if (rows[0]!.encoding === 'UTF8') return target;
	await target.close();
	throw new Refused('unavailable', `The database of --to is encoded in ${rows[0]!.encoding}; make one in UTF8.`);
}

function inWordsOfMove(fault: unknown): never {
	if (fault instanceof Refused) throw new Refused(fault.reason, fault.message.replaceAll('DATABASE_URL', '--to'));
	throw fault;
}

/** A copy that an earlier run left, of which nothing has come in, is older than one made now. */
async function copyAnew(target: Db, { path, ...wanted }: MoveWanted & { path: string }) {
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
