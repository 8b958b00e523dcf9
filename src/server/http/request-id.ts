import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const process = randomBytes(6).toString('base64url');
let count = 0;

/** Names a request in its answer, in the log and in the access log: a proxy's own name for it, else one of ours. */
export function idOf(request: IncomingMessage, { isByProxy }: { isByProxy: boolean }): string {
	const given = isByProxy ? request.headers['x-request-id'] : undefined;
	if (typeof given === 'string' && /^[A-Za-z0-9._:-]{8,64}$/.test(given)) return given;
	return newId();
}

export function newId() {
	return `${process}-${(count += 1).toString(36)}`;
}
