import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as SocketServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { beginStopping } from './stopping.ts';

/** Milliseconds. */
const LAST_REQUEST = 1_500;
const LOOK_EVERY = 50;
const LONGEST = 8_000;

/**
 * Takes no more connections at once, and ends when what was asked is answered. A connection that is kept alive may ask once
 * more, is told with the answer that it is closed, and is closed when nothing has come for a second and a half: closing it
 * at once would cut off the request that is on its way.
 */
export async function stopServing(server: Server, sockets: ReadonlySet<Socket>) {
	beginStopping();
	const closed = once(server, 'close');
	await takeArrived(sockets);
	// The close of an HTTP server would also end the connections that are idle at this moment.
	SocketServer.prototype.close.call(server);
	const patience = setTimeout(() => server.closeAllConnections(), LONGEST);
	const isOver = closed.then(() => true);
	await Promise.race([isOver, pause(LAST_REQUEST, null, { ref: false })]);
	while (!(await Promise.race([isOver, pause(LOOK_EVERY)]))) await closeIdle(server, sockets);
	clearTimeout(patience);
	// Ends the watch over slow clients, which would keep the process.
	server.close();
}

/** Node takes a connection on which nothing has come yet, such as a browser opens ahead, for one that is in use. */
async function closeIdle(server: Server, sockets: ReadonlySet<Socket>) {
	// What has arrived is read first.
	await nextTurn();
	server.closeIdleConnections();
	for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}

/** Closing cuts off the connections that have arrived and are not taken: turns of the loop take them, until one brings none. */
async function takeArrived(sockets: ReadonlySet<Socket>) {
	for (let before = -1, turns = 0; sockets.size > before && turns < 20; turns += 1) {
		before = sockets.size;
		await nextTurn();
	}
}
