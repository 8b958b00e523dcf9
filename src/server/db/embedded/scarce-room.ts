import { fstatSync } from 'node:fs';
import type { Room } from './room.ts';
import type { Writes } from './writes.ts';

/** A file that PGlite has open. */
export interface Stream {
	nfd?: number;
	node: object;
}

type Write = (stream: Stream, buffer: Int8Array, offset: number, length: number, position: number) => number;

/** The part of Emscripten's NODEFS that we change. */
export interface NodeFiles {
	stream_ops: { fsync?: (stream: Stream) => number; write: Write };
	realPath(node: object): string;
}

interface Options {
	room: Room;
	writes: Writes;
	/** Emscripten's: PostgreSQL sees it as an error number. Any other exception ends the backend. */
	ErrnoError: new (number: number) => Error & { errno: number };
}

/** ENOSPC among Emscripten's error numbers. */
const noSpace = 51;
/** Bytes written to tables between two looks at the disk. */
const step = 2 ** 20;

/**
 * Writing when room is scarce. PostgreSQL ends a transaction well whose table cannot grow; it cannot go on when its log
 * or a checkpoint cannot be written (seen: a failed CHECKPOINT, and the next statement never ended). So tables stop growing
 * while there is some room left, the log then gets the reserve, and when all fails the backend ends at once.
 */
export function sparingRoom(files: NodeFiles, { room, writes, ErrnoError }: Options): Write {
	const write = files.stream_ops.write;
	const paths = new WeakMap<Stream, string>();
	let written = 0;
	let scarce = false;

	return (stream, buffer, offset, length, position) => {
		const path = pathOf(stream);
		writes.note(path);
		if (path.includes('/base/')) {
			if (isScarceAfter(length) && growsTo(stream, position + length)) throw new ErrnoError(noSpace);
			return write(stream, buffer, offset, length, position);
		}
		try {
			return write(stream, buffer, offset, length, position);
		} catch (fault) {
			if ((fault as { errno?: number }).errno === noSpace && room.useReserve())
				return write(stream, buffer, offset, length, position);
			throw new Error(`cannot write ${path} (${reasonOf(fault)})`, { cause: fault });
		}
	};

	function pathOf(stream: Stream) {
		const path = paths.get(stream) ?? files.realPath(stream.node);
		paths.set(stream, path);
		return path;
	}

	function isScarceAfter(length: number) {
		written += length;
		if (written < step && !scarce) return false;
		written = 0;
		scarce = room.isScarce();
		return scarce;
	}
}

const growsTo = ({ nfd }: Stream, size: number) => nfd !== undefined && size > fstatSync(nfd).size;

const reasonOf = (fault: unknown) => {
	const { errno, message } = fault as { errno?: number; message?: string };
	return errno === noSpace ? 'the disk is full' : (message ?? `error ${errno}`);
};
