import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { AddressBlock } from '#server/config.ts';
import type { Db } from '#server/db/database.ts';
import { faultOf, log } from '#server/log.ts';
import { accessFiles } from './access-files.ts';
import { accessLog } from './access-log.ts';
import { builtSite, type BuiltSite } from './built-site.ts';
import { refuse, type Call } from './call.ts';
import { clientsBehind } from './client-address.ts';
import { edgeBefore } from './edge.ts';
import { type CONNECTIONS, type LIMITS, refusalOf } from './limits.ts';
import { measureCall, measureEdge } from './measures.ts';
import { refuseWhatIsNoRequest } from './no-request.ts';
import { openServer } from './open-server.ts';
import { idOf } from './request-id.ts';
import { stopServing } from './stop-serving.ts';

interface WebSettings {
	db: Db;
	host: string;
	port: number;
	/** Where readers reach the site; null: the port that was opened, on localhost. */
	origin: string | null;
	dataFolder: string;
	trustedProxies: readonly AddressBlock[];
	accessLogDays: number;
	/** What is served; the build where nothing else is given. */
	site?: BuiltSite;
	/** Milliseconds and bytes; see limits.ts. */
	limits?: typeof LIMITS;
	connections?: typeof CONNECTIONS;
	/** Milliseconds that a page may take; see rendering.ts. */
	longestRender?: number;
	/** Milliseconds that a visitor waits for what changed; see page-changes.ts. */
	longestWait?: number;
	/** Milliseconds, only ever forward. */
	clock?: () => number;
}

/** Serves the built web: what is asked for often from memory, what is too much or no page's method not at all. */
export async function startWebServer(settings: WebSettings) {
	const { db, longestRender, longestWait, clock = () => performance.now() } = settings;
	const site = settings.site ?? (await builtSite());
	const { server, sockets, port } = await openServer(settings);
	const address = settings.origin ?? `http://localhost:${port}`;
	const { answer, answers } = edgeBefore(site, { db, origin: address, clock, longestRender, longestWait });
	const lines = accessLog(accessFiles(join(settings.dataFolder, 'logs'), { days: settings.accessLogDays }));
	const callOf = callsTo(server, settings.trustedProxies, clock);

	measureEdge({ answers, connections: () => sockets.size });
	refuseWhatIsNoRequest(server);
	server.on('request', (request, response) => {
		const call = callOf(request, response);
		response.once('close', () => {
			const milliseconds = clock() - call.began;
			measureCall(call, milliseconds);
			lines.write(call, milliseconds);
		});
		const refusal = refusalOf(request);
		if (refusal) return refuse(call, refusal, 'refused');
		answer(call)?.catch((fault: unknown) => fail(call, fault));
	});

	return {
		/** Where readers reach the site. */
		address,
		/** Takes no more connections, answers what has been asked, and ends, in ten seconds at most. */
		async stop() {
			await stopServing(server, sockets);
			await lines.close();
		}
	};
}

function callsTo(server: Server, proxies: readonly AddressBlock[], clock: () => number) {
	const clientOf = clientsBehind(proxies);
	return (request: IncomingMessage, response: ServerResponse): Call => {
		const client = clientOf(request);
		return {
			request,
			response,
			client,
			id: idOf(request, client),
			began: clock(),
			route: null,
			cache: 'none',
			isLast: () => !server.listening,
			bytes: 0
		};
	};
}

function fail(call: Call, fault: unknown) {
	log('error', 'An answer broke', { request: call.id, path: call.request.url?.split('?', 1)[0], ...faultOf(fault) });
	refuse(call, { status: 500, words: 'Something broke here. It has been written down; try again in a minute.' });
}
