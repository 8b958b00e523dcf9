import { createHash } from 'node:crypto';
import { alone, encoded, isWorthEncoding, type Encoding } from './encodings.ts';

/** What an answer turned out to be, told by the hook of the built site. */
export interface Told {
	/** SvelteKit's name of the route; null where there is none. */
	route: string | null;
	/** What it hangs on: the subjects of `page_change`. */
	hangsOn: string[];
	/** Whether the client itself was looked at: its address, or headers that are not handed on. */
	isPersonal?: boolean;
}

/** Headers as Node writes them fastest: names and values in turn. */
type FlatHeaders = string[];

export interface Encoded {
	headers: FlatHeaders;
	body: Buffer;
}

/** A whole answer, ready to be sent to any number of clients. */
export interface Answer extends Told {
	status: number;
	/** Whether other visitors may have it. */
	isShared: boolean;
	/** Whether it was said not to be: then nobody else may have it, not even who asked at the same time. */
	isPrivate: boolean;
	type: string;
	/** Over the bytes before any encoding, so the same for each; null where there are none to compare. */
	etag: string | null;
	headers: FlatHeaders;
	/** Of the answer "not modified". */
	unchanged: FlatHeaders;
	body: Buffer;
	encoded: Partial<Record<Encoding, Encoded>>;
	/** Being made: who asks meanwhile waits for the same. */
	encoding: Partial<Record<Encoding, Promise<Encoded>>>;
}

/** Statuses that are kept and shared; an error never is. */
const SHARED = [200, 301, 308];
/** Written by Node or by us. */
const OURS = new Set(['x-sveltekit-page', 'cache-control', 'content-length', 'etag', 'vary', 'x-content-type-options']);
const VARY = 'Cookie, Accept-Encoding';

/** Reads what was rendered, for a reader alone or for every visitor. */
export async function answerOf(rendered: Response, told: Told, { isReader }: { isReader: boolean }): Promise<Answer> {
	const body = alone(Buffer.from(await rendered.arrayBuffer()));
	const { status, headers } = rendered;
	const said = headers.get('cache-control');
	const isPrivate = isReader || told.isPersonal === true || saysPrivate(headers);
	const isShared = !isPrivate && SHARED.includes(status);
	// SvelteKit lets others keep the 404 of a file that is not there; an error is nobody's to keep.
	const cacheControl = isReader ? 'private, no-store' : isShared ? (said ?? 'public, no-cache') : 'no-store';
	const etag = isShared && status === 200 ? `W/"${digest(body)}"` : null;
	const common = ['cache-control', cacheControl, 'vary', VARY, ...(etag ? ['etag', etag] : [])];
	const others = [...headers].filter(([name]) => !OURS.has(name)).flat();
	return {
		...told,
		status,
		isShared,
		isPrivate,
		type: headers.get('content-type') ?? '',
		etag,
		headers: [...others, ...common, 'x-content-type-options', 'nosniff'],
		unchanged: common,
		body,
		encoded: {},
		encoding: {}
	};
}

/** The answer in an encoding, made once. Where compressing does not pay it is sent as it is. */
export async function inEncoding(answer: Answer, wanted: Encoding): Promise<Encoded> {
	const made = await (answer.encoding[wanted] ??= encode(answer, wanted));
	return (answer.encoded[wanted] = made);
}

async function encode({ body, headers, type }: Answer, wanted: Encoding): Promise<Encoded> {
	const encoding = isWorthEncoding(type, body.length) ? wanted : 'identity';
	const bytes = encoding === 'identity' ? body : await encoded(body, encoding);
	const coding = encoding === 'identity' ? [] : ['content-encoding', encoding];
	return { body: bytes, headers: [...headers, ...coding, 'content-length', String(bytes.length)] };
}

/** Whether the client has these bytes already (RFC 9110, 13.1.2: compared weakly). */
export function isUnchanged({ etag }: Answer, ifNoneMatch: string | undefined) {
	if (!etag || ifNoneMatch === undefined) return false;
	return ifNoneMatch === etag || ifNoneMatch.trim() === '*' || ifNoneMatch.includes(etag.slice(2));
}

/** How much memory it takes, about. */
export function bytesOf({ body, headers, encoded }: Answer) {
	const others = new Set(Object.values(encoded).map((made) => made.body));
	others.delete(body);
	return [...others].reduce((sum, made) => sum + made.length, 2_000 + body.length + 2 * headers.join('').length);
}

function saysPrivate(headers: Headers) {
	const said = headers.get('cache-control') ?? '';
	const varies = (headers.get('vary') ?? '').toLowerCase().replace(/[\s,]|cookie|accept-encoding/g, '');
	return said.includes('no-store') || said.includes('private') || varies !== '' || headers.has('set-cookie');
}

function digest(body: Buffer) {
	return createHash('sha256').update(body).digest('base64url').slice(0, 22);
}
