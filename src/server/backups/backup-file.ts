import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refused } from '#server/refused.ts';
import { inOneState, type Source } from './consistent.ts';
import { existsAlready, putInPlace } from './put-in-place.ts';
import { refuseUnlessWhole } from './refuse-unless.ts';
import { leftBehindOf, nameUnderWay } from './under-way.ts';
import { verifyBackup } from './verify-backup.ts';
import { type Watched, writeBackup } from './write-backup.ts';

export interface BackupWanted extends Watched {
	source: Source;
	/** Must not exist. */
	path: string;
	now: Date;
}

/** What was written, and read back from the first byte to the last. */
export interface Made {
	bytes: number;
	rows: number;
	tables: number;
	jobs: number;
	/** For how long the database served nobody else. */
	pauseMs: number;
	/** For how long it was made and read back. */
	seconds: number;
}

/**
 * Backs up the database into a file, which is there wholly or not at all. Everybody else goes on. The tables are taken as they are:
 * an older version's stay an older version's.
 */
export async function backUp({ source, path, now, ...watched }: BackupWanted): Promise<Made> {
	if (existsSync(path)) throw existsAlready(path);
	const began = performance.now();
	const aside = nameUnderWay(path);
	try {
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		for (const left of leftBehindOf(path)) rmSync(left, { force: true });
		watched.onPhase?.('copy');
		const made = await inOneState(source, async (tx, pauseMs) => {
			await refuseUnlessWhole(tx);
			return { ...(await writeBackup(tx, { path: aside, now, ...watched })), pauseMs };
		});
		await verifyBackup(aside, watched);
		putInPlace(aside, path);
		return { ...made, seconds: (performance.now() - began) / 1_000 };
	} catch (fault) {
		if (existsSync(aside)) rmSync(aside);
		throw refusalOf(fault, path);
	}
}

const sentences: Record<string, string> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'there is no more room for this user',
	EROFS: 'the disk can only be read',
	EACCES: 'its folder may not be written',
	EPERM: 'its folder may not be written',
	ENOTDIR: 'what should be its folder is a file',
	EEXIST: 'what should be its folder is a file',
	EIO: 'the disk fails'
};

/** What a person can mend about a file that cannot be written. */
function refusalOf(fault: unknown, path: string) {
	const why = sentences[(fault as NodeJS.ErrnoException).code ?? ''];
	return why ? new Refused('unavailable', `${path} cannot be written: ${why}. Nothing was left behind.`) : fault;
}
