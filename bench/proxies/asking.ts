import { Agent, request } from 'node:http';
import { once } from 'node:events';

/** What one request is made of; a host or a body that fetch would not send. */
export interface Question {
	port: number;
	path: string;
	method?: string;
	headers?: Record<string, string>;
	body?: string;
	agent?: Agent;
}

export interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: Buffer;
}

/** Asks, and reads the whole answer. Rejects when it is cut off. */
export async function ask({ port, path, method = 'GET', headers, body, agent }: Question): Promise<Answer> {
	const sent = request({ host: '127.0.0.1', port, path, method, headers, agent, timeout: 30_000 });
	sent.on('timeout', () => sent.destroy(new Error('no answer within 30 seconds')));
	sent.end(body);
	const [response] = await once(sent, 'response');
	const parts: Buffer[] = [];
	for await (const part of response) parts.push(part as Buffer);
	if (!response.complete) throw new Error('the answer was cut off');
	return { status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) };
}

/** What differs from answer to answer without meaning anything, or is the proxy's own. */
const PASSING = new Set(['date', 'age', 'x-request-id', 'via', 'x-varnish', 'server', 'x-cache', 'accept-ranges']);
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** Null where two answers say the same, else what differs first. */
export function differenceOf(original: Answer, other: Answer): string | null {
	if (original.status !== other.status) return `status ${other.status} for ${original.status}`;
	const names = [...new Set([...Object.keys(original.headers), ...Object.keys(other.headers)])].filter(
		(name) => !PASSING.has(name) && !OF_THE_CONNECTION.has(name)
	);
	const values = names.map((name) => [name, String(original.headers[name]), String(other.headers[name])]);
	const different = values.find(([, ours, theirs]) => ours !== theirs);
	if (different) return `${different[0]}: ${different[2]} for ${different[1]}`;
	return original.body.equals(other.body) ? null : `${other.body.length} other bytes for ${original.body.length}`;
}
