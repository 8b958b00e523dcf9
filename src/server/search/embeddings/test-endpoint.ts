import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface Question {
	model: string;
	input: string[];
}

interface Asked extends Question {
	authorization: string | undefined;
}

/** What the endpoint does with a question; what gives nothing back has answered by itself. */
export type Behaviour = (question: Question, response: ServerResponse) => unknown;

/** An endpoint on this machine that behaves as a test says: by default as a model does for which texts are bags of words. */
export async function testEndpoint(first: Behaviour = bagOfWords) {
	const asked: Asked[] = [];
	const endpoint = { behaviour: first };
	const server = createServer((request, response) => void answer(request, response));
	server.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		settings: { url: `http://127.0.0.1:${port}/v1`, model: 'bag-of-words', key: 'secret-key' as string | null },
		asked,
		behave: (behaviour: Behaviour) => void (endpoint.behaviour = behaviour),
		[Symbol.asyncDispose]: () => {
			server.closeAllConnections();
			return new Promise<void>((resolve) => server.close(() => resolve()));
		}
	};

	async function answer(request: IncomingMessage, response: ServerResponse) {
		const question = (await json(request)) as Question;
		asked.push({ ...question, authorization: request.headers.authorization });
		if (request.url !== '/v1/embeddings') return response.writeHead(404).end();
		const said = endpoint.behaviour(question, response);
		if (said !== undefined) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
	}
}

const DIMENSIONS = 64;

/** The same text always has the same vector, and texts that share words have near ones. */
export function bagOfWords({ input }: Question) {
	return { data: input.map((text, index) => ({ index, embedding: bagOf(text) })) };
}

function bagOf(text: string) {
	const vector: number[] = Array.from({ length: DIMENSIONS }, () => 0);
	for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) vector[placeOf(word)]! += 1;
	// A text without words points somewhere, too.
	vector[0]! += 0.01;
	return vector;
}

function placeOf(word: string) {
	return [...word].reduce((sum, letter) => (31 * sum + letter.codePointAt(0)!) % 9_973, 7) % DIMENSIONS;
}

/** Answers with a status, and nothing else. */
export const withStatus = (status: number, headers: Record<string, string> = {}): Behaviour => {
	return (_, response) => void response.writeHead(status, headers).end('{"error":"secret-key is at http://10.0.0.1/"}');
};

/** Begins an answer, and sends a byte of it now and then for ever. */
export const drip: Behaviour = (_, response) => {
	response.writeHead(200);
	const timer = setInterval(() => response.write(' '), 10);
	response.on('close', () => clearInterval(timer));
};

export const silence: Behaviour = () => {};
