import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { nameOf } from './data-folder.ts';

/**
 * PGlite takes no lock: a second process that opens the folder replays its log and writes over the first one's files. On
 * Linux the lock is an abstract socket, which the kernel frees when the process dies, however it dies. Elsewhere it is a file with the number of the process. Gives null where another process has it.
 */
export function lockFolder(folder: string): Promise<Lock | null> {
	return process.platform === 'linux' ? lockByName(nameInKernel(folder)) : Promise.resolve(lockByFile(folder));
}

export interface Lock {
	release: () => void;
}

/** Whether some process has the lock now. */
export async function isLocked(folder: string) {
	if (process.platform !== 'linux') return isAlive(readNumber(join(folder, lockFile)));
	return (await askHolder(folder)) !== null;
}

/**
 * Who has the lock, in words for a person. Any user of the machine can take a name in the kernel, so who has ours and does
 * not say the number of a database process may be no database.
 */
export async function holderOf(folder: string) {
	const pid = process.platform === 'linux' ? numberIn(await askHolder(folder)) : readNumber(join(folder, lockFile));
	if (pid > 0) return `process ${pid}`;
	return `something that is no database of this version; \`ss -xlp\` names who listens on @broadsheet-${nameOf(folder)}`;
}

const numberIn = (said: string | null) => (said && /^\d{1,10}$/.test(said) ? Number(said) : NaN);

/** Milliseconds in all, and bytes. Whoever has the name may say anything, and never end. */
const patience = 1_000;
const longestSaid = 32;

/** What the holder of the lock says: its number; null when nobody has it. */
function askHolder(folder: string) {
	const path = nameInKernel(folder);
	return new Promise<string | null>((resolve) => {
		let said = '';
		const socket = connect({ path });
		const timer = setTimeout(() => socket.destroy(), patience);
		socket.on('data', (bytes: Buffer) => {
			said += bytes.toString('latin1', 0, longestSaid);
			if (said.length >= longestSaid) socket.destroy();
		});
		socket.on('error', (fault: NodeJS.ErrnoException) => resolve(fault.code === 'ECONNREFUSED' ? null : said));
		socket.on('close', () => {
			clearTimeout(timer);
			resolve(said);
		});
	});
}

const nameInKernel = (folder: string) => `\0broadsheet-${nameOf(folder)}`;

function lockByName(path: string) {
	return new Promise<Lock | null>((resolve, reject) => {
		// Any user of the machine may ask, and would otherwise keep as many connections as he likes.
		const server = createServer((socket) =>
			socket.on('error', () => {}).end(String(process.pid), () => socket.destroy())
		);
		server.on('error', (fault: NodeJS.ErrnoException) => (fault.code === 'EADDRINUSE' ? resolve(null) : reject(fault)));
		server.listen({ path }, () => resolve({ release: () => server.close() }));
	});
}

const lockFile = 'lock';

function lockByFile(folder: string, triesLeft = 2): Lock | null {
	const path = join(folder, lockFile);
	try {
		writeFileSync(path, String(process.pid), { flag: 'wx' });
		return { release: () => rmSync(path, { force: true }) };
	} catch (fault) {
		if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
		if (triesLeft === 0 || isAlive(readNumber(path))) return null;
		rmSync(path, { force: true });
		return lockByFile(folder, triesLeft - 1);
	}
}

function readNumber(path: string) {
	try {
		return Number(readFileSync(path, 'utf8'));
	} catch {
		return NaN;
	}
}

/** Whether a process with this number runs, ours or another user's. */
export function isAlive(pid: number) {
	if (!(pid > 0)) return false;
	try {
		return process.kill(pid, 0);
	} catch (fault) {
		return (fault as NodeJS.ErrnoException).code === 'EPERM';
	}
}
