import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Backend } from './backend.ts';
import { type Client, serveClient } from './client.ts';
import { routeNotifications } from './listeners.ts';
import { messagesOf, query, typeOf } from './protocol.ts';
import { tooManyClients } from './startup.ts';
import { dealTurns, inOneTurn, type Limits, usualLimits } from './turns.ts';

/** More connections than this are refused, as PostgreSQL does. They are cheap; it bounds what a runaway program can open. */
const mostClients = 200;
/** Bytes of answers that all clients together may leave unread. Beyond it the one who has read least is sent away. */
const mostUnread = 300 * 2 ** 20;

export interface MultiplexerOptions {
	backend: Backend;
	/** The unix socket to listen on. */
	socketPath: string;
	limits?: Limits;
	/** The backend has died, and nothing can be answered any more. */
	onDead: (fault: unknown) => void;
	/** Called with the number of clients whenever it changes. */
	onClients?: (count: number) => void;
}

/**
 * Serves any number of PostgreSQL clients on a unix socket from one backend, a unit at a time; its rules are those of
 * docs/decisions/0007. What it cannot give: sessions. SET, temporary tables and session locks are everybody's.
 */
export async function startMultiplexer({ backend, socketPath, limits, onDead, onClients }: MultiplexerOptions) {
	const turns = dealTurns(limits ?? usualLimits);
	const clients = new Set<Client>();
	const notifications = routeNotifications<Client>();
	const serverVersion = await versionOf(backend);
	let connections = 0;
	const onLeft = (client: Client) => {
		clients.delete(client);
		onClients?.(clients.size);
	};
	const onUnread = () => {
		const slowest = [...clients].toSorted((a, b) => b.unread() - a.unread());
		const unread = slowest.reduce((sum, one) => sum + one.unread(), 0);
		if (unread > mostUnread) slowest[0]!.dismiss('53200', 'too many answers were not read');
	};
	const house = { backend, turns, notifications };
	const server = createServer((socket) => {
		if (clients.size >= mostClients) return turnAway(socket);
		connections += 1;
		clients.add(serveClient(socket, connections, { ...house, serverVersion, onLeft, onUnread, onDead }));
		onClients?.(clients.size);
	});
	await listen(server, socketPath);

	/** Stops accepting, ends every connection after its current unit and waits until what was open is rolled back. */
	const close = () => part('57P01', 'terminating connection due to administrator command');

	/**
	 * The same between two turns, when nobody has a transaction: so what a client has sent was not begun, which 57P03 says
	 * to it, and it may ask the next process even if it writes.
	 */
	async function closeBetweenTurns() {
		let parted: Promise<void> | undefined;
		await inOneTurn(turns, async () => void (parted = part('57P03', 'the database system is restarting')));
		await parted;
	}

	async function part(code: string, text: string) {
		const closed = new Promise((resolve) => server.close(resolve));
		for (const client of clients) client.dismiss(code, text);
		await closed;
		while (clients.size > 0) await pause(5);
	}

	return { turns, close, closeBetweenTurns };
}

function turnAway(socket: Socket) {
	socket.on('error', () => {});
	socket.end(tooManyClients);
	// Who is not read from is not seen to leave.
	socket.resume();
	setTimeout(() => socket.destroy(), 2_000).unref();
}

async function versionOf(backend: Backend) {
	const { bytes } = await backend.execute(query('show server_version'));
	const row = [...messagesOf(Buffer.concat(bytes))].find((one) => typeOf(one) === 'D')!;
	return row.toString('utf8', 11);
}

function listen(server: Server, path: string) {
	return new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, () => {
			server.off('error', reject);
			resolve();
		});
	});
}
