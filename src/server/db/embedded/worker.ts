import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { faultOf, log } from '../../log.ts';
import { backendOf } from './backend.ts';
import { openCluster } from './cluster.ts';
import { fsyncs } from './durable-fs.ts';
import { startMultiplexer } from './multiplexer.ts';
import { socketName } from './socket.ts';
import { startUpkeep } from './upkeep.ts';
import { watchOf } from './watchdog.ts';

/** What the main thread gives to the thread that runs PostgreSQL and serves its clients. */
export interface WorkerData {
	folder: string;
	socketFolder: string;
	watch: SharedArrayBuffer;
	/** Milliseconds without a client after which the database closes by itself. */
	linger: number;
}

const { folder, socketFolder, watch, linger } = workerData as WorkerData;
const socketPath = join(socketFolder, socketName);
const counting = watchOf(watch);
const backend = backendOf(await openCluster(folder), counting);
// The lock is ours, so a socket that lies there is of a process that was killed.
rmSync(socketPath, { force: true });
let closing = false;
let lingering: NodeJS.Timeout | undefined;
const multiplexer = await startMultiplexer({ backend, socketPath, onDead: die, onClients: lingerWhenAlone });
const upkeep = startUpkeep({ backend, turns: multiplexer.turns, units: counting.units });
lingerWhenAlone(0);
parentPort!.on('message', close);
parentPort!.postMessage('ready');

function lingerWhenAlone(clients: number) {
	clearTimeout(lingering);
	if (clients === 0 && !closing) lingering = setTimeout(close, linger);
}

async function close() {
	if (closing) return;
	closing = true;
	clearTimeout(lingering);
	upkeep.stop();
	await multiplexer.close();
	await backend.close();
	log('info', 'database closed', { units: counting.units(), fsyncs: fsyncs() });
	parentPort!.postMessage('closed');
	parentPort!.close();
}

/** PostgreSQL has ended inside the living process, which nothing can mend. Its log is replayed at the next start. */
function die(fault: unknown): never {
	log('error', 'database died', faultOf(fault));
	process.exit(1);
}
