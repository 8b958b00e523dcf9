import { closeSync, fsyncSync, openSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

let count = 0;

/** How many times this thread has made the disk keep what was written. At least one for each commit. */
export const fsyncs = () => count;

interface Stream {
	nfd?: number;
	node: object;
}

interface NodeFiles {
	stream_ops: { fsync?: (stream: Stream) => number };
	realPath(node: object): string;
}

/**
 * PGlite's files, durable. As shipped, PGlite acknowledges commits that the disk does not hold: NODEFS of Emscripten has no
 * `fsync`, so PostgreSQL's calls do nothing. This gives it one. The server must also run without -F and with
 * `wal_sync_method=fsync`, because `fdatasync`, the default, is an empty function there. Check again at each
 * upgrade of PGlite: the class is internal to it.
 */
export class DurableNodeFS extends NodeFS {
	override async init(...args: Parameters<NodeFS['init']>) {
		const made = await super.init(...args);
		made.emscriptenOpts.preRun!.push((module) => {
			const files = module.FS.filesystems.NODEFS as NodeFiles;
			files.stream_ops.fsync = (stream) => {
				if (stream.nfd === undefined) fsyncPath(files.realPath(stream.node));
				else fsyncSync(stream.nfd);
				count += 1;
				return 0;
			};
		});
		return made;
	}
}

/** Folders are opened by Emscripten without a descriptor of ours. */
export function fsyncPath(path: string) {
	const descriptor = openSync(path, 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
