import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Db } from '#server/db/database.ts';
import { faultOf, log } from '#server/log.ts';
import { backUp } from './backup-file.ts';
import type { Source } from './consistent.ts';
import { isNightly, nightlyName, outdated } from './nightly.ts';
import { exists } from './refuse-unless.ts';
import { leftBehindIn } from './under-way.ts';
import { verifyBackup } from './verify-backup.ts';

/** The backups that were made last, or failed, the last first. */
export function lastBackups(db: Db, { limit }: { limit: number }) {
	return db
		.selectFrom('backup')
		.select(['made_at', 'file', 'bytes', 'rows', 'seconds', 'verified_at', 'failure'])
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
}

export interface Recorded {
	path: string;
	made_at: Date;
	bytes: number;
	rows: number;
	/** Null where it was made by a process that could not write it down. */
	seconds: number | null;
	verified_at: Date;
}

/** Writes down that a backup was made. An older version's database has no place for that. */
export async function recordBackup(db: Db, { path, ...made }: Recorded) {
	if (!(await exists(db, 'backup'))) return;
	await db
		.insertInto('backup')
		.values({ ...made, file: basename(path) })
		.execute();
}

/** A database that is away, or full, cannot keep the reason; the log has it then. */
async function recordFailure(db: Db, { fault, ...failed }: { file: string; made_at: Date; fault: unknown }) {
	const failure = faultOf(fault).fault.slice(0, 1_000);
	try {
		await db
			.insertInto('backup')
			.values({ ...failed, failure })
			.execute();
	} catch (second) {
		log('warn', 'A failed backup could not be written down', faultOf(second));
	}
}

export interface Nightly {
	source: Source;
	folder: string;
	/** The time of the day, as in BACKUP_AT. */
	at: string;
	/** How many are kept. */
	kept: number;
	now: Date;
	signal?: AbortSignal;
}

/**
 * Makes this night's backup, unless it is there, and removes those that have had their time. Gives its name, or null. Why it could
 * not be made is written down: nobody waits for it.
 */
export async function makeNightlyBackup(db: Db, { source, folder, at, kept, now, signal }: Nightly) {
	const name = nightlyName(at, now);
	const path = join(folder, name);
	for (const left of leftBehindIn(folder, isNightly)) rmSync(left, { force: true });
	if (existsSync(path) && (await isRecorded(db, name))) return null;
	const made = existsSync(path) ? verifiedAgain(path, { now, signal }) : backedUp(path, { source, now, signal });
	await made
		.then((one) => recordBackup(db, one))
		.catch(async (fault) => {
			if (!signal?.aborted) await recordFailure(db, { file: name, made_at: now, fault });
			throw fault;
		});
	for (const old of outdated(readdirSync(folder), { made: name, kept, now }))
		rmSync(join(folder, old), { force: true });
	return name;
}

async function isRecorded(db: Db, file: string) {
	const good = db.selectFrom('backup').select('id').where('file', '=', file).where('failure', 'is', null);
	return (await good.executeTakeFirst()) !== undefined;
}

type Tonight = Pick<Nightly, 'now' | 'signal'>;

async function backedUp(path: string, { source, now, signal }: Tonight & { source: Source }): Promise<Recorded> {
	const { bytes, rows, seconds, pauseMs } = await backUp({ source, path, now, signal });
	log('info', 'A backup was made', { file: path, bytes, rows, pauseMs: Math.round(pauseMs) });
	return { path, made_at: now, bytes, rows, seconds, verified_at: new Date(now.getTime() + seconds * 1_000) };
}

/** It was made, and could not be written down, since the database was full or away by then. */
async function verifiedAgain(path: string, { now, signal }: Tonight): Promise<Recorded> {
	const { bytes, rows, header } = await verifyBackup(path, { signal });
	log('info', 'A backup that was there was read back', { file: path, bytes, rows });
	return { path, made_at: new Date(header.madeAt), bytes, rows, seconds: null, verified_at: now };
}
