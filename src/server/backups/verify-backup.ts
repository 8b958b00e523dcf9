import { areJobs } from '#server/jobs/pending-jobs.ts';
import { type Header, type PartHeader, readPart, type RowsHeader, sha256, type Trailer } from './contents.ts';
import { damaged, openParts, type Parts } from './parts.ts';
import { areRowsOf, checksumOf, type Chunk } from './table-rows.ts';
import type { Watched } from './write-backup.ts';

/** What is in a backup that was read from its first byte to its last. */
export interface Verified {
	path: string;
	bytes: number;
	/** How many parts of rows it has. */
	parts: number;
	rows: number;
	jobs: number;
	header: Header;
	trailer: Trailer;
	/** What names this backup: no two have the same trailer and time. */
	digest: string;
}

/** Reads all of a backup and changes nothing. Refuses, in one sentence, one that is damaged or was changed anywhere. */
export async function verifyBackup(path: string, { signal, onPhase, onProgress }: Watched = {}): Promise<Verified> {
	onPhase?.('check');
	const parts = await openParts(path);
	try {
		const { check, summary } = checker(path);
		let records = 0;
		for await (const { header, lines } of partsIn(path, parts)) {
			signal?.throwIfAborted();
			check(header, lines);
			if ('rows' in header) records += header.rows;
			onProgress?.({ records, bytesRead: parts.at(), bytesInAll: parts.size });
		}
		return { path, bytes: parts.size, ...summary() };
	} finally {
		await parts.close();
	}
}

/** The parts of a file, one after the other. */
export async function* partsIn(path: string, parts: Parts) {
	for (let bytes = await parts.next(); bytes; bytes = await parts.next()) {
		const part = readPart(bytes);
		if (!part) throw damaged(path, 'it was changed');
		yield part;
	}
}

/**
 * The digest of every byte finds every change. This finds what a program that wrote it did wrong, or did to harm: it has to add
 * up, and what is later given to the database has to have the form of it.
 */
function checker(path: string) {
	let header: Header | null = null;
	let trailer: Trailer | null = null;
	let [parts, rows, jobs] = [0, 0, 0];
	const tables = new Map<string, { columns: string[]; sum: ReturnType<typeof checksumOf> }>();
	const wrong = () => damaged(path, 'a checksum in it does not agree');
	const misshapen = () => damaged(path, 'it is not built as a backup is');

	function check(found: PartHeader, lines: Buffer) {
		if (trailer || (found.part === 'header') !== (header === null)) throw misshapen();
		if (found.part === 'header') begin(found);
		else if (found.part === 'end') trailer = found;
		else take(found, lines);
	}

	function begin(found: Header) {
		header = found;
		for (const { name, columns } of found.tables) tables.set(name, { columns, sum: checksumOf() });
	}

	function take(found: RowsHeader, lines: Buffer) {
		if (found.sha256 !== sha256(lines)) throw wrong();
		parts += 1;
		if (found.part === 'jobs') takeJobs({ rows: found.rows, lines });
		else takeRows(found.table, { rows: found.rows, lines });
	}

	function takeJobs(chunk: Chunk) {
		if (!areJobs(chunk)) throw misshapen();
		jobs += chunk.rows;
	}

	function takeRows(name: string, chunk: Chunk) {
		const table = tables.get(name);
		if (!table || !areRowsOf(table.columns, chunk)) throw misshapen();
		table.sum.add(chunk);
		rows += chunk.rows;
	}

	function summary() {
		if (!header || !trailer || trailer.jobs !== jobs) throw misshapen();
		if (Object.keys(trailer.tables).length !== tables.size) throw misshapen();
		for (const [name, { sum }] of tables) {
			const said = trailer.tables[name];
			if (JSON.stringify(sum.value()) !== JSON.stringify(said)) throw wrong();
		}
		return { parts, rows, jobs, header, trailer, digest: sha256(Buffer.from(JSON.stringify([header, trailer]))) };
	}

	return { check, summary };
}
