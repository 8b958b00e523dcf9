import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';
import { config } from './config.ts';

const levels = ['error', 'warn', 'info', 'debug'] as const;
type Level = (typeof levels)[number];

/** The id of the request for which something is done: it stands in each line that is written meanwhile. */
export const ofRequest = new AsyncLocalStorage<string>();

/** Writes one line of JSON to standard error: time, level, message, and facts. Never pass a secret, a token or an address of a person. */
export function log(level: Level, message: string, facts: Record<string, unknown> = {}) {
	if (levels.indexOf(level) > levels.indexOf(config.logLevel)) return;
	const request = ofRequest.getStore();
	const line = { time: new Date().toISOString(), level, message, ...(request && { request }), ...facts };
	process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** What is worth keeping of something thrown: its message and where it came from. */
export function faultOf(error: unknown) {
	if (typeof error !== 'object' || error === null) return { fault: String(error) };
	// The queue throws plain objects with the fields of an error, and a refused connection has a code and no message.
	const { message, code, stack } = error as Partial<NodeJS.ErrnoException>;
	return { fault: message || code || inspect(error), ...(code && { code }), ...(stack && { stack }) };
}
