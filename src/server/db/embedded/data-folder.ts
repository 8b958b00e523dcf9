import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Refused } from '../../refused.ts';
import { fsyncPath } from './durable-fs.ts';
import { socketName } from './socket.ts';

/** The layout of the data folder that this version writes: postgres/ is a cluster of PostgreSQL 18. */
const format = 1;
const marker = 'broadsheet.json';
/**
 * What may lie in a folder that is to become ours: what a new file system has, and what we leave beside a database that is on a
 * server, or was moved away.
 */
const harmless =
	/^(lost\+found|broadsheet\.json(\.making)?|database\.log|lock|socket|reserve(\.making)?|backups|copies|logs|moving\.backup(\.\d+-[0-9a-f]+\.unfinished)?|before-\d{4}_.+)$/;

/** A path of a unix socket may have 107 bytes on Linux, 103 on macOS (sockaddr_un). */
const longestSocketPath = process.platform === 'linux' ? 107 : 103;

/** Makes the folder if there is none. Refuses, in a sentence, a folder that is not ours to write or that we cannot read. */
export function checkDataFolder(folder: string) {
	try {
		makeFolders(folder);
		accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch (fault) {
		const why = whyNotWritten(folder, (fault as NodeJS.ErrnoException).code ?? '');
		throw new Refused('unavailable', `The data folder ${folder} ${why}.`);
	}
	if (belongsToAnother(folder)) throw new Refused('unavailable', `The data folder ${folder} ${anothers}.`);
	const { mode } = lstatSync(realpathSync(folder));
	if (mode & 0o002) {
		// A folder like /tmp is meant to be everybody's.
		const mend = mode & 0o1000 ? 'set DATA_FOLDER to a folder of your own' : 'chmod o-w it';
		throw new Refused('unavailable', `The data folder ${folder} may be written by everybody; ${mend}.`);
	}
	const path = join(folder, marker);
	if (isMarked(folder)) return checkFormat(folder, readFileSync(path, 'utf8'));
	if (readdirSync(folder).some((name) => !harmless.test(name)))
		throw new Refused('unavailable', `The folder ${folder} holds something else; set DATA_FOLDER to an empty folder.`);
}

/** Marks an empty folder as ours. The caller holds the lock. */
export function markDataFolder(folder: string) {
	if (isMarked(folder)) return;
	const path = join(folder, marker);
	try {
		writeFileSync(`${path}.making`, `${JSON.stringify({ format, postgresql: 18 })}\n`, { flush: true });
	} catch (fault) {
		rmSync(`${path}.making`, { force: true });
		if ((fault as NodeJS.ErrnoException).code !== 'ENOSPC') throw fault;
		throw new Refused('unavailable', `The disk of the data folder ${folder} is full; make room and start again.`);
	}
	renameSync(`${path}.making`, path);
	fsyncPath(folder);
}

/** An empty marker without a database is what version 0.1.0 left on a full disk. */
const isMarked = (folder: string) =>
	existsSync(join(folder, marker)) && (statSync(join(folder, marker)).size > 0 || existsSync(join(folder, 'postgres')));

/** One after the other: asked to make all at once below /proc, Node tries for ever. */
function makeFolders(folder: string) {
	if (existsSync(folder)) return;
	makeFolders(dirname(folder));
	mkdirSync(folder, { mode: 0o700 });
}

const anothers = 'belongs to another user; start as that user or set DATA_FOLDER';

function whyNotWritten(folder: string, code: string) {
	if (!existsSync(folder)) return `cannot be written (${code})`;
	if (!statSync(folder).isDirectory()) return 'is a file, not a folder';
	if (code === 'EACCES' && belongsToAnother(folder)) return anothers;
	return `cannot be written (${code})`;
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
	if (!checkSocketFolder(path)) mkdirSync(path, { recursive: true, mode: 0o700 });
	checkSocketFolder(path);
}

/**
 * Removes the socket's folder from the data folder. One in the system's temporary folder stays, empty: while it is there, nobody
 * else can take its name before somebody of us has looked and connects.
 */
export function dropSocketFolder(path: string, dataFolder: string) {
	if (dirname(path) === realpathSync(dataFolder)) rmSync(path, { recursive: true, force: true });
}

/**
 * Refuses a socket's folder that somebody else could have made. Its name in the system's temporary folder can be guessed, so
 * it is looked at before anybody who answers there is taken for our database. Says whether there is one.
 */
export function checkSocketFolder(path: string) {
	const found = lstatSync(path, { throwIfNoEntry: false });
	if (!found) return false;
	const isOurs = process.getuid === undefined || found.uid === process.getuid();
	if (!found.isDirectory() || !isOurs || (found.mode & 0o077) !== 0)
		throw new Refused('unavailable', `The folder ${path} for the database's socket is not ours alone; remove it.`);
	return true;
}
