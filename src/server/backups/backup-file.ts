import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fsyncPath } from '#server/db/embedded/durable-fs.ts';
import { isAlive } from '#server/db/embedded/lock.ts';
import { Refused } from '#server/refused.ts';
import { inOneState, type Source } from './consistent.ts';
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
}

/** Backs up the database into a file, which is there wholly or not at all. Everybody else goes on. */
export async function backUp({ source, path, now, ...watched }: BackupWanted): Promise<Made> {
	if (existsSync(path)) throw new Refused('conflict', `${path} exists already; name a file that does not.`);
	const aside = `${path}.${process.pid}.unfinished`;
	try {
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		sweep(path);
		watched.onPhase?.('copy');
		const made = await inOneState(source, async (tx, pauseMs) => {
			return { ...(await writeBackup(tx, { path: aside, now, ...watched })), pauseMs };
		});
		await verifyBackup(aside, watched);
		renameSync(aside, path);
		fsyncPath(dirname(path));
		return made;
	} catch (fault) {
		if (existsSync(aside)) rmSync(aside);
		throw refusalOf(fault, path);
	}
}

/** What a process that was killed left of the same file. */
function sweep(path: string) {
	const [folder, name] = [dirname(path), basename(path)];
	for (const found of readdirSync(folder)) {
		const pid = found.startsWith(`${name}.`) && /\.(\d+)\.unfinished$/.exec(found)?.[1];
		if (pid && (!isAlive(Number(pid)) || Number(pid) === process.pid)) rmSync(join(folder, found), { force: true });
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
