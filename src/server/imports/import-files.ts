import type { Db } from '#server/db/database.ts';
import { importFile } from './import-file.ts';
import type { Source } from './source.ts';
import { emptySummary, recordsIn, type Summary } from './tally.ts';

/** How far an import is. */
export interface Progress {
	records: number;
	/** Of the files as they are stored. */
	bytesRead: number;
	/** Null where standard input is among them. */
	bytesInAll: number | null;
}

export interface Import {
	sources: readonly Source[];
	/** The time of what is written. */
	now: () => Date;
	/** Stops after the batch that is being written. */
	signal?: AbortSignal;
	onProgress?: (progress: Progress) => void;
}

/**
 * Takes in files of papers, featured papers and editions, line by line. What cannot be taken is set aside with its reason
 * (rejectedReasons) and never stops the rest. It commits batch by batch, so that it can be cut off and run again: what was
 * taken is then unchanged. A featured paper that is not known is tried again when all files have been read.
 */
export async function importFiles(db: Db, { sources, now, signal, onProgress }: Import): Promise<Summary> {
	const summary = emptySummary();
	const onRead = progressOf(sources, ({ bytesRead, bytesInAll }) =>
		onProgress?.({ records: recordsIn(summary), bytesRead, bytesInAll })
	);
	const files = [];
	for (const source of sources) {
		files.push(await importFile(db, { source, summary, now, signal, onRead }));
		if (signal?.aborted) return { ...summary, finished: false };
		summary.files += 1;
	}
	for (const file of files) await file.retry();
	return summary;
}

/** Adds up what is read of all files. */
function progressOf(sources: readonly Source[], tell: (bytes: Omit<Progress, 'records'>) => void) {
	const isKnown = sources.every(({ size }) => size !== null);
	const bytesInAll = isKnown ? sources.reduce((sum, { size }) => sum + size!, 0) : null;
	let bytesRead = 0;
	return (bytes: number) => tell({ bytesRead: (bytesRead += bytes), bytesInAll });
}
