import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused } from '../../refused.ts';
import { fsyncPath } from './durable-fs.ts';
import { socketName } from './socket.ts';

/** The layout of the data folder that this version writes: postgres/ is a cluster of PostgreSQL 18. */
const format = 1;
const marker = 'broadsheet.json';
/** What may lie in a folder that is to become ours: the log that a start begins with, what a new file system has, our backups. */
const harmless = new Set(['database.log', 'lock', 'lost+found', 'backups']);

/** A path of a unix socket may have 107 bytes on Linux, 103 on macOS (sockaddr_un). */
const longestSocketPath = process.platform === 'linux' ? 107 : 103;

/** Makes the folder if there is none. Refuses, in a sentence, a folder that is not ours to write or that we cannot read. */
export function checkDataFolder(folder: string) {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch (fault) {
		throw new Refused(
			'unavailable',
			`The data folder ${folder} cannot be written (${(fault as NodeJS.ErrnoException).code}).`
		);
	}
	if (belongsToAnother(folder))
		throw new Refused(
			'unavailable',
			`The data folder ${folder} belongs to another user; start as that user or set DATA_FOLDER.`
		);
	if (lstatSync(realpathSync(folder)).mode & 0o002)
		throw new Refused('unavailable', `The data folder ${folder} may be written by everybody; chmod o-w it.`);
	const path = join(folder, marker);
	if (existsSync(path)) return checkFormat(folder, readFileSync(path, 'utf8'));
	if (readdirSync(folder).some((name) => !harmless.has(name)))
		throw new Refused('unavailable', `The folder ${folder} holds something else; set DATA_FOLDER to an empty folder.`);
}

/** Marks an empty folder as ours. The caller holds the lock. */
export function markDataFolder(folder: string) {
	const path = join(folder, marker);
	if (existsSync(path)) return;
	writeFileSync(path, `${JSON.stringify({ format, postgresql: 18 })}\n`);
	fsyncPath(path);
	fsyncPath(folder);
}

function checkFormat(folder: string, text: string) {
	const found = formatIn(text);
	if (found === null)
		throw new Refused(
			'unavailable',
			`The file ${marker} in the data folder ${folder} is damaged; restore it from a backup.`
		);
	if (found > format)
		throw new Refused(
			'unavailable',
			`The data folder ${folder} was made by a newer version of Broadsheet; start that version.`
		);
}

function formatIn(text: string) {
	try {
		const found: unknown = (JSON.parse(text) as { format?: unknown }).format;
		return typeof found === 'number' ? found : null;
	} catch {
		return null;
	}
}

const belongsToAnother = (path: string) =>
	process.getuid !== undefined && lstatSync(realpathSync(path)).uid !== process.getuid();

/** A short name for the folder, the same by whatever path it is reached. */
export const nameOf = (folder: string) => createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);

/** Where the database of this folder listens: in it, or, where that path is too long for a socket, in the system's temporary folder. */
export function socketFolderOf(folder: string) {
	const inside = join(realpathSync(folder), 'socket');
	if (Buffer.byteLength(join(inside, socketName)) <= longestSocketPath) return inside;
	return join(tmpdir(), `broadsheet-${nameOf(folder)}`);
}

/** Makes the socket's folder, for its owner alone: whoever reaches the socket is the superuser. */
export function makeSocketFolder(path: string) {
	mkdirSync(path, { recursive: true, mode: 0o700 });
	checkSocketFolder(path);
}

/**
 * Refuses a socket's folder that somebody else could have made. Its name in the system's temporary folder can be guessed, so
 * it is looked at before anybody who answers there is taken for our database.
 */
export function checkSocketFolder(path: string) {
	const found = lstatSync(path, { throwIfNoEntry: false });
	if (!found) return;
	const isOurs = process.getuid === undefined || found.uid === process.getuid();
	if (!found.isDirectory() || !isOurs || (found.mode & 0o077) !== 0)
		throw new Refused('unavailable', `The folder ${path} for the database's socket is not ours alone; remove it.`);
}
