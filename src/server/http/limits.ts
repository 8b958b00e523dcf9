import type { IncomingMessage } from 'node:http';

/** In bytes and milliseconds. Node looks for slow clients as often as the last of them says. */
export const LIMITS = {
	maxHeaderSize: 16 * 1024,
	headersTimeout: 10_000,
	requestTimeout: 30_000,
	connectionsCheckingInterval: 2_000
};
/** Also who asks and does not read is let go after this many milliseconds. */
export const LONGEST_SILENCE = 60_000;
/** Connections at once: of all, and of one address that is no proxy's; a browser opens six. */
export const CONNECTIONS = { most: 2_000, ofAnAddress: 100 };
export const MOST_REQUESTS_A_CONNECTION = 1_000;

const LONGEST_ADDRESS = 2_000;
/** What a form may send, in bytes. */
export const LARGEST_BODY = 64 * 1024;
/** What pages answer. A form's route will add POST for itself. */
const METHODS = ['GET', 'HEAD'];

export interface Refusal {
	status: number;
	words: string;
	headers?: string[];
}

/** Why a request is not looked at, or null. Nothing here asks more than its own first lines. */
export function refusalOf(request: IncomingMessage): Refusal | null {
	const { method = '', url = '', headers } = request;
	if (url.length > LONGEST_ADDRESS)
		return { status: 414, words: `This address is too long; ${LONGEST_ADDRESS} characters are the most.` };
	if (!METHODS.includes(method))
		return { status: 405, words: 'This site answers GET and HEAD.', headers: ['allow', METHODS.join(', ')] };
	if (!isReadable(url)) return { status: 400, words: 'This address cannot be read.' };
	if (!hasOneHost(request)) return { status: 400, words: 'A request names one host.' };
	if (Number(headers['content-length'] ?? 0) > LARGEST_BODY)
		return { status: 413, words: `This is too large; ${LARGEST_BODY / 1024} kB are the most.` };
	// RFC 9110, 9.3.1: a body of GET means nothing, and what a cache before us makes of it is not known.
	if (hasBody(request)) return { status: 400, words: `A ${method} carries no body.` };
	return null;
}

export function hasBody({ headers }: IncomingMessage) {
	const length = headers['content-length'];
	return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** The path decodes, and holds no control characters. Most hold no escapes at all. */
function isReadable(url: string) {
	if (!url.startsWith('/')) return false;
	const path = url.split('?', 1)[0]!;
	if (!path.includes('%')) return true;
	try {
		// oxlint-disable-next-line no-control-regex -- they are what is refused
		return !/[\u0000-\u001f\u007f]/.test(decodeURIComponent(path));
	} catch {
		return false;
	}
}

/** Never used to answer (the origin is a setting), but a proxy before us might choose differently from two. */
function hasOneHost({ rawHeaders, headers: { host } }: IncomingMessage) {
	if (host !== undefined && /[^A-Za-z0-9.:[\]_-]/.test(host)) return false;
	let hosts = 0;
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const name = rawHeaders[index]!;
		if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
	}
	return hosts <= 1;
}
