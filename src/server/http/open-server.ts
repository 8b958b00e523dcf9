import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { LIMITS, LONGEST_SILENCE, MOST_CONNECTIONS, MOST_REQUESTS_A_CONNECTION } from './limits.ts';
import { listening } from './listening.ts';

interface ServerSettings {
	host: string;
	port: number;
	/** Milliseconds and bytes; see limits.ts. */
	limits?: typeof LIMITS;
}

/** A server that listens, with its limits and its open connections; nobody answers yet. */
export async function openServer({ host, port, limits = LIMITS }: ServerSettings) {
	const server = createServer(limits);
	server.maxConnections = MOST_CONNECTIONS;
	server.maxRequestsPerSocket = MOST_REQUESTS_A_CONNECTION;
	server.setTimeout(LONGEST_SILENCE);
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	await listening(server, { host, port });
	return { server, sockets, port: (server.address() as AddressInfo).port };
}
