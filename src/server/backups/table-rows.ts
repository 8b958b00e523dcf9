import { isUtf8 } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { Table } from './catalog.ts';
import { isRecord } from './header-shape.ts';

/** Bytes of rows that are read, and written, at once. */
const chunkBytes = 1_000_000;
const mostRows = 5_000;

/** Rows as text, one JSON object a line. */
export interface Chunk {
	rows: number;
	lines: Buffer;
}

/** What says that two tables hold the same: how many rows, and the SHA-256 of their lines in the order of the key. */
export interface Checksum {
	rows: number;
	sha256: string;
}

/**
 * How values are written, the same on every server: it is the text that PostgreSQL itself reads back to the same value, as
 * in pg_dump. As JSON alone a bigint, an array with bounds of its own, or a null of jsonb would become something else.
 */
export async function writeValuesAlike(tx: Db) {
	await sql`
		set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
		set local extra_float_digits = 1; set local bytea_output = 'hex'`.execute(tx);
}

/** The rows of a table in the order of its key, as lines of JSON. The transaction must see one state of the database. */
export function rowsOf(tx: Db, { name, columns, key }: Table) {
	const wanted = columns.map((column) => sql`${sql.ref(column.name)}::text as ${sql.ref(column.name)}`);
	const order = (key.length > 0 ? key : columns.map((column) => column.name)).map((column) => {
		const collates = columns.find((one) => one.name === column)!.collates;
		return collates ? sql`${sql.ref(column)} collate "C"` : sql.ref(column);
	});
	// No column has that name, which would be taken for the row.
	return chunksOf(
		tx,
		sql`
		select row_to_json("a row")::text as line
		from (select ${sql.join(wanted)} from ${sql.table(`public.${name}`)} order by ${sql.join(order)}) "a row"`
	);
}

/** The column `line` of a query, in chunks of about a megabyte: by a cursor, so that the order costs one sort and no memory. */
export async function* chunksOf(tx: Db, query: ReturnType<typeof sql>): AsyncGenerator<Chunk> {
	await sql`declare backup_rows no scroll cursor for ${query}`.execute(tx);
	let most = 200;
	for (;;) {
		const { rows } = await sql<{ line: string }>`fetch ${sql.lit(most)} from backup_rows`.execute(tx);
		if (rows.length === 0) break;
		const lines = rows.map(({ line }) => Buffer.from(line));
		yield* cut(lines);
		const bytes = lines.reduce((sum, line) => sum + line.length, 0);
		most = Math.max(1, Math.min(mostRows, Math.floor((chunkBytes * rows.length) / bytes)));
	}
	await sql`close backup_rows`.execute(tx);
}

/** Where rows have become longer than those before them, what was fetched is more than one chunk. */
function* cut(lines: Buffer[]): Generator<Chunk> {
	for (let first = 0; first < lines.length;) {
		let [next, bytes] = [first, 0];
		for (; next < lines.length && (next === first || bytes + lines[next]!.length < 2 * chunkBytes); next += 1)
			bytes += lines[next]!.length + 1;
		yield { rows: next - first, lines: joined(lines.slice(first, next)) };
		first = next;
	}
}

const newline = Buffer.from('\n');
const joined = (lines: Buffer[]) => Buffer.concat(lines.flatMap((line, at) => (at === 0 ? [line] : [newline, line])));

/** Whether a chunk is as many rows as it says, each a line with these columns, in this order, and a text or null in each. */
export function areRowsOf(columns: readonly string[], { rows, lines }: Chunk) {
	const all = isUtf8(lines) ? lines.toString('utf8').split('\n') : [];
	return all.length === rows && all.every((line) => isRowOf(columns, line));
}

function isRowOf(columns: readonly string[], line: string) {
	const row = parsed(line);
	if (!isRecord(row)) return false;
	const names = Object.keys(row);
	return (
		names.length === columns.length &&
		columns.every((name, at) => names[at] === name && (row[name] === null || typeof row[name] === 'string'))
	);
}

function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

/** Adds up the checksum of a table, chunk by chunk, however it is cut. */
export function checksumOf() {
	const hash: Hash = createHash('sha256');
	let rows = 0;
	return {
		add(chunk: Chunk) {
			rows += chunk.rows;
			hash.update(chunk.lines).update('\n');
		},
		value: (): Checksum => ({ rows, sha256: hash.copy().digest('hex') })
	};
}
