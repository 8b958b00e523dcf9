import type { PGlite } from '@electric-sql/pglite';

/** The one PostgreSQL backend, spoken to in the bytes of its protocol. */
export interface Backend {
	/** Runs a whole unit. Rejects only when the backend is dead; an error of SQL is an answer like others. */
	execute: (bytes: Buffer, options?: { maintains: boolean }) => Promise<Answer>;
	close: () => Promise<void>;
}

export interface Answer {
	/** The messages, cut anywhere. */
	bytes: Buffer[];
	/** It was longer than `largestAnswer`, so its end is missing. */
	tooLarge: boolean;
}

/** Told of every unit, so that another thread sees one that does not end. */
export interface Watch {
	begin: (maintains: boolean) => void;
	end: () => void;
}

/**
 * An answer is complete before its first byte can be sent, because the backend runs synchronously. So this bounds the
 * memory of one client; 50 MB answers passed in the trial, and nothing in the product needs a tenth of that.
 */
export const largestAnswer = 256 * 2 ** 20;

/** Makes a backend of a PGlite that nobody else talks to. */
export function backendOf(pglite: PGlite, watch?: Watch): Backend {
	return {
		execute: async (bytes, { maintains } = { maintains: false }) => {
			watch?.begin(maintains);
			try {
				return await run(pglite, bytes);
			} finally {
				watch?.end();
			}
		},
		close: () => pglite.close()
	};
}

async function run(pglite: PGlite, unit: Buffer): Promise<Answer> {
	const bytes: Buffer[] = [];
	let size = 0;
	// The chunk lies in the memory of WebAssembly and is overwritten next.
	const onRawData = (chunk: Uint8Array) => {
		size += chunk.length;
		if (size <= largestAnswer) bytes.push(Buffer.from(chunk));
	};
	await pglite.execProtocolRawStream(unit, { syncToFs: false, onRawData });
	return { bytes, tooLarge: size > largestAnswer };
}
