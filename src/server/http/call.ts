import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Client } from './client-address.ts';
import type { Refusal } from './limits.ts';
import { hasBody } from './limits.ts';

/** A request on its way to its answer, and what is written down of it in the end. */
export interface Call {
	request: IncomingMessage;
	response: ServerResponse;
	id: string;
	client: Client;
	/** Milliseconds, on the clock that only goes forward. */
	began: number;
	/** SvelteKit's name of the route, or what stands for it. */
	route: string | null;
	cache: 'hit' | 'miss' | 'none';
	/** Whether the server takes no more: the client is told to ask another one next. */
	isLast: () => boolean;
	/** Of the body that was sent, encoded. */
	bytes: number;
}

/** Sends an answer whole. Headers are names and values in turn. */
export function send(call: Call, status: number, headers: string[], body?: Buffer | string) {
	const { request, response } = call;
	if (response.headersSent || response.destroyed) return;
	if (call.isLast()) response.shouldKeepAlive = false;
	response.writeHead(status, [...headers, 'x-request-id', call.id]);
	if (body === undefined || request.method === 'HEAD') return response.end();
	call.bytes = body.length;
	response.end(body);
}

/** Says in one sentence of text why there is no page. What a body holds is not read: the connection ends. */
export function refuse(call: Call, { status, words, headers = [] }: Refusal, route = call.route) {
	call.route = route;
	if (hasBody(call.request)) call.response.shouldKeepAlive = false;
	const text = Buffer.from(`${words}\n`);
	send(call, status, [...headers, ...REFUSED, 'content-length', String(text.length)], text);
}

const REFUSED = [
	'content-type',
	'text/plain; charset=utf-8',
	'x-content-type-options',
	'nosniff',
	'cache-control',
	'no-store'
];
