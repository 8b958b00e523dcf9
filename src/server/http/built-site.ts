import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Told } from './answer.ts';

type FileHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

interface Asked {
	/** Scheme, host and path, with the query. */
	url: string;
	headers: Headers;
	/** Of the client. */
	address: string;
	told: Told;
	/** As it came. */
	request: IncomingMessage;
}

export interface BuiltSite {
	/** Whether the address is a file of the build, which it sends with headers and encodings of its own. */
	isFile(url: string): boolean;
	sendFile: FileHandler;
	render(asked: Asked): Promise<Response>;
}

interface Files {
	entries: [path: string, entry: unknown][];
	aliases: [path: string, of: string][];
}

/**
 * What `vite build` made. Its pages are rendered from a request of our own making, so that a header which is not handed on
 * cannot change them.
 */
export async function builtSite(folder = new URL('../../../build/', import.meta.url)): Promise<BuiltSite> {
	const { handler } = await import(new URL('handler.js', folder).href);
	const { server, assets, prerendered_assets } = await import(new URL('adapter-node.js', folder).href);
	const files = new Set([...pathsOf(assets), ...pathsOf(prerendered_assets)]);
	return {
		isFile: (url) => files.has(pathOf(url)),
		sendFile: handler,
		render: (asked) => server.respond(new Request(asked.url, { headers: asked.headers }), sideOf(asked))
	};
}

/** Who looks at whom a request is from has made an answer for that client alone. */
function sideOf({ told, address, request }: Asked) {
	const platform = {
		told,
		get request() {
			told.isPersonal = true;
			return request;
		}
	};
	const getClientAddress = () => {
		told.isPersonal = true;
		return address;
	};
	return { platform, getClientAddress };
}

function pathsOf({ entries, aliases }: Files) {
	return [...entries, ...aliases].map(([path]) => path);
}

function pathOf(url: string) {
	const path = url.split('?', 1)[0]!;
	return path.includes('%') ? decodeURI(path) : path;
}
