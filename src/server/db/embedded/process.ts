import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { faultOf, log } from '../../log.ts';
import { Refused } from '../../refused.ts';
import { answers } from './checked-socket.ts';
import { serveControl } from './control-server.ts';
import {
	checkDataFolder,
	checkSocketFolder,
	dropSocketFolder,
	makeSocketFolder,
	markDataFolder,
	socketFolderOf
} from './data-folder.ts';
import { lockFolder } from './lock.ts';
import { restartWhenLarge } from './memory.ts';
import { stateOf } from './state.ts';
import { shareTally } from './tally.ts';
import { shareWatch, unitsIn, watchUnits } from './watchdog.ts';
import { copyingIn, type Order, type Told, type WorkerData } from './orders.ts';

/**
 * The database process: `node process.ts <data folder> [options]`. This thread holds the lock and
 * watches; a worker thread runs PostgreSQL and serves the clients. Nobody owns the process: whoever needs the database
 * starts it, and it closes when no client has been connected for a while.
 */
const exits = { closed: 0, failed: 1, taken: 3, overdue: 4 };

/** Milliseconds. */
const longestStart = 120_000;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		/** After this many milliseconds a unit is ended, and the process with it. */
		'unit-limit': { type: 'string', default: '20000' },
		linger: { type: 'string', default: '10000' },
		/** Resident bytes above which the process ends when it is quiet, to be started again by whoever needs it. */
		'most-memory': { type: 'string', default: String(700 * 2 ** 20) },
		/** Milliseconds of quiet before that. */
		quiet: { type: 'string', default: '30000' }
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
	const shared = { watch: shareWatch(), tally: shareTally() };
	const workerData: WorkerData = { folder, socketFolder, linger: Number(values.linger), ...shared };
	const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
	const stopWatching = watchUnits(shared.watch, { limit: Number(values['unit-limit']), onOverdue: () => end(worker) });
	const control = await serveControl(socketFolder, { state: stateOf(folder, shared), copy: copyingIn(worker) });
	const startTimer = endUnlessReady(worker);
	let stopWeighing = () => {};
	let closed = false;
	worker.on('message', ({ told }: Told) => {
		if (told === 'ready') {
			clearTimeout(startTimer);
			log('info', 'database ready', { pid: process.pid, folder });
			stopWeighing = weigh(worker, () => unitsIn(shared.watch));
		}
		if (told !== 'closed') return;
		closed = true;
		stopWatching();
		stopWeighing();
		control.close();
		dropSocketFolder(socketFolder, folder);
		lock.release();
	});
	worker.on('error', (fault) => log('error', 'database failed', faultOf(fault)));
	worker.on('exit', () => process.exit(closed ? exits.closed : exits.failed));
	for (const signal of ['SIGTERM', 'SIGINT'])
		process.on(signal, () => worker.postMessage({ order: 'close' } satisfies Order));
}

/** A start that hangs would hold the lock for good; the longest seen took 16 s, on a very busy machine. */
function endUnlessReady(worker: Worker) {
	return setTimeout(() => {
		log('error', `The database did not start within ${longestStart / 1_000} s.`);
		void worker.terminate().then(() => process.exit(exits.failed));
	}, longestStart);
}

/** Ends the unit that does not end, for good. Everybody else reconnects to a fresh process; what was committed is there. */
function end(worker: Worker) {
	log('error', `a query took longer than ${values['unit-limit']} ms and was ended; the database starts again`);
	void worker.terminate().then(() => process.exit(exits.overdue));
}

function weigh(worker: Worker, units: () => number) {
	return restartWhenLarge({
		units,
		most: Number(values['most-memory']),
		quiet: Number(values.quiet),
		restart: () => worker.postMessage({ order: 'restart' } satisfies Order)
	});
}
