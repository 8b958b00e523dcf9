import type { Socket } from 'node:net';

/** A client that reads nothing of its answer for this long is dismissed. */
const patience = 60_000;

interface Reader {
	onRoom: () => void;
	/** It has not read yet what it was sent. */
	onFull: () => void;
	onGivenUp: () => void;
}

/**
 * What goes to a client. An answer is in memory whole before it is sent, so a client that does not read gets no further
 * turn until it has (`full`), and is given up after a minute.
 */
export function outboxOf(socket: Socket, { onRoom, onFull, onGivenUp }: Reader) {
	let full = false;
	let timer: NodeJS.Timeout | undefined;
	socket.on('drain', () => {
		full = false;
		clearTimeout(timer);
		onRoom();
	});
	socket.on('close', () => clearTimeout(timer));

	function send(...bytes: Buffer[]) {
		if (!socket.writable) return;
		socket.cork();
		let room = true;
		for (const one of bytes) room = socket.write(one);
		socket.uncork();
		if (room || !socket.writableNeedDrain || full) return;
		full = true;
		timer = setTimeout(onGivenUp, patience);
		onFull();
	}

	return { send, isFull: () => full, unread: () => socket.writableLength };
}
