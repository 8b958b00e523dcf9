import type { IncomingHttpHeaders } from 'node:http';

/**
 * The cookies that make a visitor a reader. Any other cookie is none of ours, and changes nothing. Looked for and not split:
 * 16 kB of semicolons would make as many strings.
 */
const SESSION_COOKIE = /(?:^|;)\s*(?:__Host-)?session\s*(?:[=;]|$)/;

/** Whether the answer may be for this client alone: it says who it is. */
export function isReader({ cookie, authorization }: IncomingHttpHeaders): boolean {
	if (authorization !== undefined) return true;
	return cookie !== undefined && cookie.includes('session') && SESSION_COOKIE.test(cookie);
}
