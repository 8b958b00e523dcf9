import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { createHash, timingSafeEqual } from 'node:crypto';

type Asker = Pick<IncomingMessage, 'headers' | 'httpVersion'> & { socket: Pick<Socket, 'remoteAddress'> };

/** What a proxy writes on what it hands on. */
const FORWARDED = ['forwarded', 'via', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];

interface Rule {
	token: string | null;
	/** Where readers reach the site; null: on this machine. */
	origin: string | null;
}

/**
 * Whether somebody may read the metrics: a process of this machine, or whoever has the token. A site that is reached by
 * another name has a proxy in front, which may hand requests on without a trace, so there the token alone opens. Pure.
 */
export function mayReadMetrics(asker: Asker, { token, origin }: Rule): boolean {
	const isReachedHere = origin === null || LOOPBACK.test(new URL(origin).hostname);
	return (isReachedHere && isLocal(asker)) || (token !== null && bears(asker.headers, token));
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** With its port, where it has one. */
const LOOPBACK_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/**
 * A page of another site that a browser here shows may have its own name lead to this machine, and asks by that name. A
 * proxy on this machine connects from the loopback address too, and is told by what it adds. nginx as it comes adds
 * nothing, but speaks HTTP/1.0.
 */
function isLocal({ socket: { remoteAddress: peer = '' }, headers, httpVersion }: Asker) {
	const loopback = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/.test(peer);
	const isAskedHere = loopback && LOOPBACK_HOST.test(headers.host ?? '');
	return isAskedHere && httpVersion !== '1.0' && !FORWARDED.some((name) => headers[name] !== undefined);
}

/** Compared as digests, so that the time says nothing of the token, nor of its length. */
function bears(headers: IncomingHttpHeaders, token: string) {
	const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
	return given !== undefined && timingSafeEqual(digestOf(given), digestOf(token));
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();
