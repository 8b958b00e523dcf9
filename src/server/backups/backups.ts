import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Db } from '#server/db/database.ts';
import { faultOf, log } from '#server/log.ts';
import { backUp, type BackupWanted, type Made } from './backup-file.ts';
import type { Source } from './consistent.ts';
import { nightlyName, outdated } from './nightly.ts';

/** The backups that were made last, or failed, the last first. */
export function lastBackups(db: Db, { limit }: { limit: number }) {
	return db
		.selectFrom('backup')
		.select(['made_at', 'file', 'bytes', 'papers', 'seconds', 'verified_at', 'failure'])
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
}

/** Backs up the database and writes down that it did. */
export async function makeBackup(db: Db, wanted: BackupWanted): Promise<Made> {
	const began = performance.now();
	const made = await backUp(wanted);
	const seconds = (performance.now() - began) / 1_000;
	await record(db, { file: basename(wanted.path), made_at: wanted.now, bytes: made.bytes, papers: made.rows, seconds });
	return made;
}

interface Recorded {
	file: string;
	made_at: Date;
	bytes: number;
	papers: number;
	seconds: number;
}

async function record(db: Db, made: Recorded) {
	const verified_at = new Date(made.made_at.getTime() + made.seconds * 1_000);
	await db
		.insertInto('backup')
		.values({ ...made, verified_at })
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
	if (existsSync(path)) return null;
	const { bytes, rows, pauseMs } = await makeBackup(db, { source, path, now, signal }).catch(async (fault) => {
		if (!signal?.aborted) await recordFailure(db, { file: name, made_at: now, fault });
		throw fault;
	});
	log('info', 'A backup was made', { file: path, bytes, rows, pauseMs: Math.round(pauseMs) });
	for (const old of outdated(readdirSync(folder), { made: name, kept })) rmSync(join(folder, old), { force: true });
	return name;
}
