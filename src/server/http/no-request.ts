import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { measureRefusal } from './measures.ts';
import { newId } from './request-id.ts';

const WORDS: Record<number, string> = {
	400: 'This is no request that can be read.',
	405: 'This site is no proxy; it answers GET and HEAD.',
	408: 'The request took too long to arrive.',
	431: 'The headers of this request are too long; 16 kB are the most.'
};

/** Answers in a sentence what is not HTTP, is too slow or too long, or asks for a tunnel; the connection ends. */
export function refuseWhatIsNoRequest(server: Server) {
	server.on('clientError', (fault: NodeJS.ErrnoException, socket) => endWith(socket, statusOf(fault)));
	server.on('connect', (_, socket) => endWith(socket, 405));
}

function statusOf({ code }: NodeJS.ErrnoException) {
	if (code === 'HPE_HEADER_OVERFLOW') return 431;
	return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

function endWith(socket: Duplex, status: number) {
	// In the middle of an answer another one would be taken for a part of it.
	const isAnswering = Boolean((socket as { _httpMessage?: { headersSent: boolean } })._httpMessage?.headersSent);
	if (!socket.writable || isAnswering) return socket.destroy();
	measureRefusal(status);
	const words = `${WORDS[status]}\n`;
	const head = [
		`HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
		'Connection: close',
		'Content-Type: text/plain; charset=utf-8',
		'X-Content-Type-Options: nosniff',
		'Cache-Control: no-store',
		`Content-Length: ${words.length}`,
		`X-Request-Id: ${newId()}`,
		...(status === 405 ? ['Allow: GET, HEAD'] : [])
	];
	socket.end(`${head.join('\r\n')}\r\n\r\n${words}`, () => socket.destroy());
}
