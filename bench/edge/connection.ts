import { connect, type Socket } from 'node:net';

/** What came back: its status, the bytes of its body, and whether the server closes the connection after it. */
export interface Reply {
	status: number;
	bytes: number;
	closes: boolean;
}

/**
 * A visitor's connection, written by hand: an ordinary client of HTTP costs more than the cached answer that it asks for, and
 * would be what is measured. It asks for one thing at a time.
 */
export function connectionTo(address: string) {
	const { hostname, port } = new URL(address);
	const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
	let reply = replyReader();
	let waiting: { resolve: (reply: Reply) => void; reject: (fault: Error) => void } | null = null;
	socket.on('data', (bytes) => {
		const whole = reply(bytes);
		if (!whole || !waiting) return;
		reply = replyReader();
		const { resolve } = waiting;
		waiting = null;
		resolve(whole);
	});
	const lose = (fault?: Error) => waiting?.reject(fault ?? new Error('the connection was closed'));
	socket.on('error', lose);
	socket.on('close', () => lose());
	return {
		ask(path: string): Promise<Reply> {
			return new Promise((resolve, reject) => {
				waiting = { resolve, reject };
				socket.write(requestFor(path, address));
			});
		},
		isOpen: () => socket.connecting || socket.writable,
		close: () => socket.destroy()
	};
}

export type Connection = ReturnType<typeof connectionTo>;

const requestFor = (path: string, address: string) =>
	`GET ${path} HTTP/1.1\r\nhost: ${new URL(address).host}\r\naccept: text/html\r\naccept-encoding: gzip, deflate, br, zstd\r\n\r\n`;

/** Takes the pieces of one answer, and gives it once it is whole. */
function replyReader() {
	let head: { status: number; closes: boolean; length: number | null } | null = null;
	let text = '';
	let bytes = 0;
	return (piece: Buffer): Reply | null => {
		let body = piece;
		if (!head) {
			text += piece.toString('latin1');
			const end = text.indexOf('\r\n\r\n');
			if (end < 0) return null;
			head = headIn(text.slice(0, end + 2));
			body = piece.subarray(piece.length - (text.length - end - 4));
		}
		bytes += body.length;
		const whole = head.length === null ? body.subarray(-5).toString('latin1') === '0\r\n\r\n' : bytes >= head.length;
		return whole ? { status: head.status, closes: head.closes, bytes } : null;
	};
}

/** Without a length the body comes in chunks, of which the last is empty. */
function headIn(text: string) {
	const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(text)?.[1];
	return {
		status: Number(text.slice(9, 12)),
		closes: /\r\nconnection: *close\r\n/i.test(text),
		length: length === undefined ? null : Number(length)
	};
}
