import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { faultOf, log } from '../../log.ts';
import { Refused } from '../../refused.ts';
import { checkDataFolder, checkSocketFolder, makeSocketFolder, markDataFolder, socketFolderOf } from './data-folder.ts';
import { lockFolder } from './lock.ts';
import { answers } from './socket.ts';
import { shareWatch, watchUnits } from './watchdog.ts';
import type { WorkerData } from './worker.ts';

/**
 * The database process: `node process.ts <data folder> [--unit-limit=ms] [--linger=ms]`. This thread holds the lock and
 * watches; a worker thread runs PostgreSQL and serves the clients. Nobody owns the process: whoever needs the database
 * starts it, and it closes when no client has been connected for a while.
 */
const exits = { closed: 0, failed: 1, taken: 3, overdue: 4 };

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		/** After this many milliseconds a unit is ended, and the process with it. */
		'unit-limit': { type: 'string', default: '20000' },
		linger: { type: 'string', default: '10000' }
	}
});

try {
	await run(positionals[0]!);
} catch (fault) {
	// The process that started this one shows the last line of the log to a person.
	if (fault instanceof Refused) log('error', fault.message);
	else log('error', 'database did not start', faultOf(fault));
	process.exit(exits.failed);
}

async function run(folder: string) {
	process.umask(0o077);
	checkDataFolder(folder);
	const lock = await lockFolder(folder);
	const socketFolder = socketFolderOf(folder);
	checkSocketFolder(socketFolder);
	// Containers that share the folder do not see each other's lock, but they do see the socket.
	if (!lock || (await answers(socketFolder))) process.exit(exits.taken);
	markDataFolder(folder);
	makeSocketFolder(socketFolder);
	const watch = shareWatch();
	const workerData: WorkerData = { folder, socketFolder, watch, linger: Number(values.linger) };
	const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
	const stopWatching = watchUnits(watch, { limit: Number(values['unit-limit']), onOverdue: () => end(worker) });
	let closed = false;
	worker.on('message', (message) => {
		if (message === 'ready') log('info', 'database ready', { pid: process.pid, folder });
		if (message !== 'closed') return;
		closed = true;
		stopWatching();
		rmSync(socketFolder, { recursive: true, force: true });
		lock.release();
	});
	worker.on('error', (fault) => log('error', 'database failed', faultOf(fault)));
	worker.on('exit', () => process.exit(closed ? exits.closed : exits.failed));
	for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => worker.postMessage('close'));
}

/** Ends the unit that does not end, for good. Everybody else reconnects to a fresh process; what was committed is there. */
function end(worker: Worker) {
	log('error', `a query took longer than ${values['unit-limit']} ms and was ended; the database starts again`);
	void worker.terminate().then(() => process.exit(exits.overdue));
}
