import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { Refused } from '#server/refused.ts';

/** Something to import from. */
export interface Source {
	/** Under which its rejected records are listed. */
	name: string;
	/** In bytes as stored, packed or not; null where that is not known. */
	size: number | null;
	/** The bytes as stored. The signal ends the reading with an AbortError, also while standard input waits for more. */
	open(signal?: AbortSignal): AsyncIterable<Buffer>;
}

/** The file at a path, or standard input for `-`. Refuses what cannot be read, in a sentence. */
export async function sourceAt(path: string): Promise<Source> {
	if (path === '-') return { name: 'standard input', size: null, open: (signal) => readable(process.stdin, signal) };
	const file = await stat(path).catch((error: NodeJS.ErrnoException) => {
		throw new Refused(
			'not_found',
			`${path} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`
		);
	});
	if (file.isDirectory()) throw new Refused('invalid', `${path} is a folder; name the files in it.`);
	return {
		name: resolve(path),
		size: file.isFile() ? file.size : null,
		open: (signal) => readable(createReadStream(path), signal)
	};
}

function readable(stream: Readable, signal?: AbortSignal): AsyncIterable<Buffer> {
	return signal ? addAbortSignal(signal, stream) : stream;
}
