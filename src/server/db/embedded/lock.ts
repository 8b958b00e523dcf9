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
	return new Promise<boolean>((resolve) => {
		const socket = connect({ path: nameInKernel(folder) });
		socket.on('error', () => resolve(false));
		socket.on('connect', () => {
			socket.destroy();
			resolve(true);
		});
	});
}

const nameInKernel = (folder: string) => `\0broadsheet-${nameOf(folder)}`;

function lockByName(path: string) {
	return new Promise<Lock | null>((resolve, reject) => {
		const server = createServer((socket) => socket.destroy());
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
