import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { AddressBlock } from '#server/config.ts';
import { countConnections } from './connections.ts';
import { CONNECTIONS, LIMITS, LONGEST_SILENCE, MOST_REQUESTS_A_CONNECTION } from './limits.ts';
import { listening } from './listening.ts';

interface ServerSettings {
	host: string;
	port: number;
	trustedProxies: readonly AddressBlock[];
	/** Milliseconds and bytes; see limits.ts. */
	limits?: typeof LIMITS;
	connections?: typeof CONNECTIONS;
}

/** A server that listens, with its limits and its open connections; nobody answers yet. */
export async function openServer(settings: ServerSettings) {
	const { host, port, trustedProxies, limits = LIMITS, connections = CONNECTIONS } = settings;
	const server = createServer(limits);
	server.maxRequestsPerSocket = MOST_REQUESTS_A_CONNECTION;
	server.setTimeout(LONGEST_SILENCE);
	const counted = countConnections(trustedProxies, connections);
	server.on('connection', (socket: Socket) => counted.take(socket));
	server.on('request', ({ socket }, response) => {
		counted.asks(socket);
		response.once('close', () => counted.isAnswered(socket));
	});
	await listening(server, { host, port });
	return { server, sockets: counted.sockets, port: (server.address() as AddressInfo).port };
}
