import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Refused } from '../../refused.ts';
import { spacedAttempts } from './attempts.ts';
import { answers } from './checked-socket.ts';
import { checkDataFolder, checkSocketFolder, makeSocketFolder, socketFolderOf } from './data-folder.ts';
import { holderOf, isLocked } from './lock.ts';

const program = fileURLToPath(new URL('process.ts', import.meta.url));
/** One backend needs one helper of V8: with four, compiling PostgreSQL keeps 60 MB more resident, and is no sooner done. */
const fewThreads = ['--v8-pool-size=1'];
const logName = 'database.log';
/** A log longer than this is begun anew at a start. */
const longestLog = 4 * 2 ** 20;
/** The longest start seen took 5 s, after a kill on a busy machine. */
const patience = 60_000;

/** Of this process: another that waits for the same database spaces out its own. */
const { attempt } = spacedAttempts();

export interface EmbeddedOptions {
	folder: string;
	/** Arguments of the database process, e.g. ['--unit-limit=300']. */
	processArguments?: string[];
}

/**
 * Makes sure that a database process serves this folder and gives the folder of its socket. Starts one, detached, if none
 * does: it belongs to nobody, and ends when nobody needs it. Refuses with the process's own last words if it fails, and
 * then tries again only after a while.
 */
export async function ensureRunning({ folder, processArguments = [] }: EmbeddedOptions) {
	checkDataFolder(folder);
	const socketFolder = socketFolderOf(folder);
	const deadline = performance.now() + patience;
	checkSocketFolder(socketFolder);
	while (!(await answers(socketFolder))) {
		if (performance.now() > deadline) throw await unanswered(folder);
		// Another process has the folder: it is starting or closing.
		if (!(await isLocked(folder)))
			await attempt(folder, () => start(folder, { socketFolder, processArguments, deadline }));
		await pause(25);
	}
	return socketFolder;
}

async function unanswered(folder: string) {
	const locked = (await isLocked(folder)) ? ` Its lock is held by ${await holderOf(folder)}.` : '';
	return new Refused(
		'unavailable',
		`The database in ${folder} does not answer; see ${join(folder, logName)}.${locked}`
	);
}

interface Start {
	socketFolder: string;
	processArguments: string[];
	deadline: number;
}

/** Resolves when the process answers, or when it found that another one was faster. */
async function start(folder: string, { socketFolder, processArguments, deadline }: Start) {
	const logFile = join(folder, logName);
	const output = inWords(folder, () => {
		// Before anybody can see that the database starts, and take the name.
		makeSocketFolder(socketFolder);
		return openSync(logFile, logIsLong(logFile) ? 'w' : 'a', 0o600);
	});
	const child = spawn(process.execPath, [...fewThreads, program, folder, ...processArguments], {
		detached: true,
		stdio: ['ignore', output, output]
	});
	closeSync(output);
	let code: number | undefined;
	let killedBy = null as NodeJS.Signals | null;
	child.on('exit', (exited, signal) => {
		code = exited ?? -1;
		killedBy = signal;
	});
	child.on('error', () => (code = -1));
	while (code === undefined && performance.now() < deadline && !(await answers(socketFolder))) await pause(10);
	child.unref();
	// It has said nothing: the last words in the log are of the process before it.
	if (killedBy)
		throw new Refused('unavailable', `The embedded database was ended while it started (${killedBy}); try again.`);
	if (code !== undefined && code !== 0 && code !== 3) throw new Refused('unavailable', lastWords(logFile));
}

/** A file system that turned read-only by itself, after a fault of its disk, still says that the folder may be written. */
function inWords<T>(folder: string, write: () => T) {
	try {
		return write();
	} catch (fault) {
		if (fault instanceof Refused) throw fault;
		const { code } = fault as NodeJS.ErrnoException;
		throw new Refused('unavailable', `The data folder ${folder} cannot be written (${code}).`);
	}
}

const logIsLong = (path: string) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > longestLog;

function lastWords(logFile: string) {
	// After a power cut the end of a file may be zeros.
	const last = readFileSync(logFile, 'utf8').replaceAll('\0', '').trim().split('\n').at(-1) ?? '';
	try {
		const { message, fault } = JSON.parse(last) as { message: string; fault?: string };
		return fault ? `The embedded database did not start: ${fault}` : message;
	} catch {
		return `The embedded database did not start: ${last || `see ${logFile}`}`;
	}
}
