import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants } from 'node:zlib';
import compression from 'compression';
import { Refused } from '#server/refused.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Brotli at 4 and gzip at its default: a page of 130 kB becomes 32 in 2 ms, and 29 at Brotli's best in 150. */
const compressed = compression({
	brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
}) as unknown as Handler;

interface WebSettings {
	host: string;
	port: number;
	/** Where readers reach the site; null: the port that was opened, on localhost. */
	origin: string | null;
}

const LONGEST_ADDRESS = 2_000;
/** In bytes and milliseconds. Node looks for slow clients as often as the last of them says. */
const LIMITS = {
	maxHeaderSize: 16 * 1024,
	headersTimeout: 10_000,
	requestTimeout: 30_000,
	connectionsCheckingInterval: 2_000
};
/** The names under which adapter-node is told the origin; set by us on every request, so that no client can. */
const PROTOCOL_HEADER = 'x-broadsheet-proto';
const HOST_HEADER = 'x-broadsheet-host';

/** Serves the built web. It tells the pages their own origin, and refuses what is too long or no page's method. */
export async function startWebServer({ host, port, origin }: WebSettings) {
	const handler = await builtHandler();
	const server = createServer(LIMITS);
	server.maxConnections = 2_000;
	server.maxRequestsPerSocket = 1_000;
	// Also who asks and does not read is let go.
	server.setTimeout(60_000);
	await listening(server, { host, port });
	const address = origin ?? `http://localhost:${(server.address() as AddressInfo).port}`;
	const { protocol, host: ownHost } = new URL(address);
	server.on('request', (request, response) => {
		const refusal = refusalOf(request);
		if (refusal) return refuse(response, refusal);
		response.setHeader('x-content-type-options', 'nosniff');
		request.headers[PROTOCOL_HEADER] = protocol.slice(0, -1);
		request.headers[HOST_HEADER] = ownHost;
		compressed(request, response, () =>
			handler(request, response, () => refuse(response, { status: 404, words: 'There is no such page.' }))
		);
	});
	return {
		/** Where readers reach the site. */
		address,
		/** Takes no more connections, answers what has been asked, and ends. */
		async stop() {
			server.close();
			server.closeIdleConnections();
			const patience = setTimeout(() => server.closeAllConnections(), 10_000);
			await once(server, 'close');
			clearTimeout(patience);
		}
	};
}

async function builtHandler(): Promise<Handler> {
	process.env.PROTOCOL_HEADER = PROTOCOL_HEADER;
	process.env.HOST_HEADER = HOST_HEADER;
	const build = new URL('../../../build/handler.js', import.meta.url);
	const { handler } = await import(build.href);
	return handler;
}

async function listening(server: ReturnType<typeof createServer>, { host, port }: { host: string; port: number }) {
	server.listen(port, host);
	try {
		await once(server, 'listening');
	} catch (fault) {
		const { code } = fault as NodeJS.ErrnoException;
		if (code === 'EADDRINUSE')
			throw new Refused(
				'conflict',
				`Port ${port} of ${host} is in use. Choose another, for example PORT=${port + 1} bin/start.`
			);
		if (code === 'EACCES')
			throw new Refused('forbidden', `This user may not open port ${port}. Choose one above 1023 with PORT.`);
		if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
			throw new Refused('invalid', `HOST is not an address of this machine: ${host}`);
		throw fault;
	}
}

function refusalOf({ method = '', url = '' }: IncomingMessage) {
	if (url.length > LONGEST_ADDRESS)
		return { status: 414, words: `This address is too long; ${LONGEST_ADDRESS} characters are the most.` };
	if (!['GET', 'HEAD'].includes(method))
		return { status: 405, words: 'This site answers GET and HEAD.', allow: 'GET, HEAD' };
	if (!url.startsWith('/') || !decodes(url)) return { status: 400, words: 'This address cannot be read.' };
	return null;
}

function decodes(url: string) {
	try {
		return !decodeURIComponent(url.split('?', 1)[0]!).includes('\0');
	} catch {
		return false;
	}
}

function refuse(response: ServerResponse, { status, words, allow }: { status: number; words: string; allow?: string }) {
	response.writeHead(status, {
		'content-type': 'text/plain; charset=utf-8',
		'x-content-type-options': 'nosniff',
		...(allow && { allow })
	});
	response.end(`${words}\n`);
}
