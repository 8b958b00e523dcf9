import type { IncomingHttpHeaders } from 'node:http';

/** The cookies that make a visitor a reader. Any other cookie is none of ours, and changes nothing. */
const SESSION_COOKIES = ['__Host-session', 'session'];

/** Whether the answer may be for this client alone: it says who it is. */
export function isReader({ cookie, authorization }: IncomingHttpHeaders): boolean {
	if (authorization !== undefined) return true;
	if (cookie === undefined || !cookie.includes('session')) return false;
	return cookie.split(';').some((pair) => SESSION_COOKIES.includes(pair.split('=', 1)[0]!.trim()));
}
