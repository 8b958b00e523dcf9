import { createHash } from 'node:crypto';
import type { Sequence } from './catalog.ts';
import { isHeader, isRecord } from './header-shape.ts';
import type { Checksum, Chunk } from './table-rows.ts';

/** What stands at the beginning of a backup. */
export interface Header {
	part: 'header';
	/** Of Broadsheet. */
	version: string;
	madeAt: string;
	/** The migrations that the database had, so that a newer version brings a new one to the same tables first. */
	migrations: { name: string; checksum: string }[];
	/** In the order in which they are loaded. */
	tables: { name: string; columns: string[] }[];
	sequences: Sequence[];
	/**
	 * What this backup sees, as a pg_snapshot: the transactions that were open are named in it too, since what they committed later
	 * is not in the backup, however low their numbers are.
	 */
	snapshot: string;
}

/** A chunk of a table; its lines follow. */
export interface RowsHeader extends Checksum {
	part: 'rows' | 'jobs';
	/** The table; of jobs it is empty. */
	table: string;
}

/** What stands at the end: each table's rows in all, and their checksum. */
export interface Trailer {
	part: 'end';
	tables: Record<string, Checksum>;
	jobs: number;
}

export type PartHeader = Header | RowsHeader | Trailer;

/** A part, as bytes: a line of JSON that says what it is, and its lines. */
export function partOf(header: PartHeader, lines?: Buffer) {
	const first = Buffer.from(`${JSON.stringify(header)}\n`);
	return lines ? Buffer.concat([first, lines]) : first;
}

/** The same, read back; null where it is no part of a backup. What it says is not believed, but its shape is sure. */
export function readPart(bytes: Buffer): { header: PartHeader; lines: Buffer } | null {
	const end = bytes.indexOf(10);
	try {
		const header: unknown = JSON.parse(bytes.toString('utf8', 0, end));
		return isPartHeader(header) ? { header, lines: bytes.subarray(end + 1) } : null;
	} catch {
		return null;
	}
}

function isPartHeader(found: unknown): found is PartHeader {
	if (!isRecord(found)) return false;
	if (found.part === 'header') return isHeader(found);
	if (found.part === 'end')
		return Number.isSafeInteger(found.jobs) && isRecord(found.tables) && Object.values(found.tables).every(isRecord);
	return (found.part === 'rows' || found.part === 'jobs') && areTexts(found.table, found.sha256) && isCount(found.rows);
}

const areTexts = (...found: unknown[]) => found.every((one) => typeof one === 'string');
const isCount = (found: unknown) => Number.isSafeInteger(found) && (found as number) >= 0;

export function rowsPart(part: 'rows' | 'jobs', table: string, { rows, lines }: Chunk) {
	return partOf({ part, table, rows, sha256: sha256(lines) }, lines);
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
