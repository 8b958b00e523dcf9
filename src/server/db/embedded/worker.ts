import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { faultOf, log } from '../../log.ts';
import { Refused } from '../../refused.ts';
import { BackendDied } from './asking.ts';
import { backendOf, type Watch } from './backend.ts';
import { openCluster } from './cluster.ts';
import { copier } from './copying.ts';
import { fsyncs } from './durable-fs.ts';
import { startMultiplexer } from './multiplexer.ts';
import type { Order, Told, WorkerData } from './orders.ts';
import { readOnlyWhenFull } from './read-only.ts';
import { watchRoom } from './room.ts';
import { socketName } from './socket.ts';
import { tallyOf } from './tally.ts';
import { startUpkeep } from './upkeep.ts';
import { watchOf } from './watchdog.ts';
import { noteWrites } from './writes.ts';

const { folder, socketFolder, linger, ...shared } = workerData as WorkerData;
const socketPath = join(socketFolder, socketName);
const watch = watchOf(shared.watch);
const tally = tallyOf(shared.tally);
const room = watchRoom(folder);
const writes = noteWrites();
// Before there is a client: a start after a full disk writes, and needs what was kept for it.
if (room.isScarce()) room.useReserve();
const backend = backendOf(await openCluster(folder, { room, writes }), counting(watch));
// The lock is ours, so a socket that lies there is of a process that was killed.
rmSync(socketPath, { force: true });
let closing = false;
let lingering: NodeJS.Timeout | undefined;
const multiplexer = await startMultiplexer({ backend, socketPath, onDead: die, onClients: noteClients });
const { turns } = multiplexer;
const fullness = readOnlyWhenFull({ backend, turns, room, tally });
const upkeep = startUpkeep({ backend, turns, units: watch.units, isFull: tally.isFull, onWork: tally.add });
const { copy, underWay } = copier({ backend, turns, folder, writes, onWork: tally.add });
noteClients(0);
parentPort!.on('message', (order: Order) => void obey(order));
tell({ told: 'ready' });

function obey(order: Order) {
	return order.order === 'copy' ? copyFor(order) : close(order);
}

function tell(told: Told) {
	parentPort!.postMessage(told);
}

/** The other thread can ask nothing while this one works, so it finds the numbers in the memory that both share. */
function counting({ begin, end }: Watch): Watch {
	return {
		begin,
		end: () => {
			tally.noteFsyncs(fsyncs());
			end();
		}
	};
}

function noteClients(clients: number) {
	tally.noteClients(clients);
	lingerWhenAlone();
}

function lingerWhenAlone() {
	clearTimeout(lingering);
	if (tally.clients() === 0 && underWay() === 0 && !closing) lingering = setTimeout(() => void close(), linger);
}

async function copyFor({ to, id }: { to: string; id: number }) {
	clearTimeout(lingering);
	try {
		tell({ told: 'copied', id, copied: await copy(to) });
	} catch (fault) {
		if (fault instanceof BackendDied) die(fault);
		if (!(fault instanceof Refused)) log('error', 'the database could not be copied', { to, ...faultOf(fault) });
		const refused =
			fault instanceof Refused ? fault.message : `The database could not be copied to ${to}; see its log.`;
		tell({ told: 'refused', id, refused });
	} finally {
		lingerWhenAlone();
	}
}

async function close({ order }: { order: 'close' | 'restart' } = { order: 'close' }) {
	if (closing || (order === 'restart' && underWay() > 0)) return;
	closing = true;
	if (order === 'restart')
		log('info', 'the database starts again to give memory back', {
			megabytes: Math.round(process.memoryUsage.rss() / 1e6)
		});
	clearTimeout(lingering);
	upkeep.stop();
	fullness.stop();
	await (order === 'restart' ? multiplexer.closeBetweenTurns() : multiplexer.close());
	await backend.close();
	await room.settled();
	log('info', 'database closed', { units: watch.units(), fsyncs: fsyncs() });
	tell({ told: 'closed' });
	parentPort!.close();
}

/** PostgreSQL has ended inside the living process, which nothing can mend. Its log is replayed at the next start. */
function die(fault: unknown): never {
	log('error', 'database died', faultOf(fault));
	process.exit(1);
}
