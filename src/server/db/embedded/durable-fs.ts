import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { type NodeFiles, sparingRoom, type Stream } from './scarce-room.ts';
import type { Room } from './room.ts';
import type { Writes } from './writes.ts';

let count = 0;

/** How many times this thread has made the disk keep what was written. At least one for each commit. */
export const fsyncs = () => count;

/** Who sees each write. */
export interface Watching {
	room: Room;
	writes: Writes;
}

/**
 * PGlite's files, durable. As shipped, PGlite acknowledges commits that the disk does not hold: NODEFS of Emscripten has no
 * `fsync`, so PostgreSQL's calls do nothing. This gives it one; when it fails, the exception ends the backend, and the next
 * start replays what the disk holds. The server must also run without -F and with
 * `wal_sync_method=fsync`, because `fdatasync`, the default, is an empty function there. Check again at each
 * upgrade of PGlite: the class is internal to it.
 */
export class DurableNodeFS extends NodeFS {
	readonly #watching: Watching;

	constructor(folder: string, watching: Watching) {
		super(folder);
		this.#watching = watching;
	}

	override async init(...args: Parameters<NodeFS['init']>) {
		const made = await super.init(...args);
		made.emscriptenOpts.preRun!.push((module) => {
			const files = module.FS.filesystems.NODEFS as NodeFiles;
			files.stream_ops.fsync = (stream) => fsync(files, stream);
			files.stream_ops.write = sparingRoom(files, { ...this.#watching, ErrnoError: module.FS.ErrnoError });
		});
		return made;
	}
}

/** Folders are opened by Emscripten without a descriptor of ours. */
function fsync(files: NodeFiles, stream: Stream) {
	if (stream.nfd === undefined) fsyncPath(files.realPath(stream.node));
	else fsyncSync(stream.nfd);
	count += 1;
	return 0;
}

export function fsyncPath(path: string) {
	const descriptor = openSync(path, 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/**
 * Makes the disk keep a folder with all that is in it. Others may work meanwhile. Several at once share one commit of the
 * file system's journal: a thousand small files, one after the other beside a client that writes, took 10 s and more.
 */
export async function fsyncTree(folder: string) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries.filter((one) => one.isFile() || one.isDirectory()).map((one) => join(one.parentPath, one.name));
	paths.push(folder);
	const work = async () => {
		for (let path = paths.shift(); path !== undefined; path = paths.shift()) await fsyncAside(path);
	};
	await Promise.all(Array.from({ length: 4 }, work));
}

async function fsyncAside(path: string) {
	const file = await open(path);
	try {
		await file.sync();
	} finally {
		await file.close();
	}
}
