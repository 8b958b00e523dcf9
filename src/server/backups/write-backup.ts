import { dirname } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { freeBytesAt } from '#server/db/embedded/room.ts';
import { pendingJobs } from '#server/jobs/pending-jobs.ts';
import { Refused } from '#server/refused.ts';
import { version } from '#server/version.ts';
import { sequencesOf, type Table, tablesOf } from './catalog.ts';
import { type Header, partOf, rowsPart, type Trailer } from './contents.ts';
import { createParts } from './parts.ts';
import { checksumOf, chunksOf, rowsOf, writeValuesAlike } from './table-rows.ts';

/** Rows of papers, as JSON, were this many times as long as what zstd made of them; a little less, to be on the safe side. */
const PACKED = 5;

/** How far a backup, a check or a restore is. */
export interface Progress {
	records: number;
	bytesRead: number;
	/** Null where it cannot be told. */
	bytesInAll: number | null;
}

/** What is being done. */
export type Phase = 'copy' | 'write' | 'check' | 'checkCopy' | 'load' | 'compare';

export interface Watched {
	signal?: AbortSignal;
	onPhase?: (phase: Phase) => void;
	onProgress?: (progress: Progress) => void;
}

/**
 * Writes all that the transaction sees into a new file. It must see one state of the database: repeatable read. Embedded
 * that would hold up everybody else, so it is done in a copy (consistent.ts).
 */
export async function writeBackup(tx: Db, { path, now, ...watched }: { path: string; now: Date } & Watched) {
	const { signal, onPhase, onProgress } = watched;
	onPhase?.('write');
	await writeValuesAlike(tx);
	const tables = await tablesOf(tx);
	const bytesInAll = await sizeOf(tx, tables);
	refuseWithoutRoom(dirname(path), (bytesInAll ?? 0) / PACKED);
	const parts = await createParts(path);
	const trailer: Trailer = { part: 'end', tables: {}, jobs: 0 };
	let [records, bytesRead] = [0, 0];
	try {
		await parts.write(partOf(await headerOf(tx, tables, now)));
		for (const table of tables) {
			const sum = checksumOf();
			for await (const chunk of rowsOf(tx, table)) {
				signal?.throwIfAborted();
				sum.add(chunk);
				await parts.write(rowsPart('rows', table.name, chunk));
				records += chunk.rows;
				bytesRead += chunk.lines.length;
				onProgress?.({ records, bytesRead, bytesInAll });
			}
			trailer.tables[table.name] = sum.value();
		}
		trailer.jobs = await writeJobs(tx, parts);
		await parts.write(partOf(trailer));
		return { ...(await parts.end()), rows: records, jobs: trailer.jobs, tables: tables.length };
	} finally {
		await parts.close();
	}
}

async function writeJobs(tx: Db, parts: Awaited<ReturnType<typeof createParts>>) {
	const query = await pendingJobs(tx);
	let jobs = 0;
	for await (const chunk of query ? chunksOf(tx, query) : []) {
		jobs += chunk.rows;
		await parts.write(rowsPart('jobs', '', chunk));
	}
	return jobs;
}

/** Beforehand, so that a disk is not filled for nothing. */
function refuseWithoutRoom(folder: string, bytes: number) {
	const free = freeBytesAt(folder);
	if (free >= bytes) return;
	const [needed, left] = [bytes, free].map((some) => `${Math.ceil(some / 1e6)} MB`);
	throw new Refused(
		'unavailable',
		`There is no room for a backup in ${folder}: it needs about ${needed}, ${left} are free.`
	);
}

async function headerOf(tx: Db, tables: Table[], now: Date): Promise<Header> {
	const { rows: migrations } = await sql<Header['migrations'][number]>`
		select name, checksum from migration order by name`.execute(tx);
	const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(tx);
	return {
		part: 'header',
		version,
		madeAt: now.toISOString(),
		migrations,
		tables: tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) })),
		sequences: await sequencesOf(tx, tables),
		snapshot: rows[0]!.snapshot
	};
}

/** About the bytes of the rows, for the time that is left: as JSON, 155,770 papers were 1.17 times their files. */
async function sizeOf(tx: Db, tables: Table[]) {
	const names = tables.map(({ name }) => `public."${name}"`);
	const { rows } = await sql<{ bytes: number }>`
		select coalesce(sum(pg_table_size(name::regclass)), 0)::float8 as bytes from unnest(${names}::text[]) name`.execute(tx);
	return rows[0]!.bytes * 1.25 || null;
}
