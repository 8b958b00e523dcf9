import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** Bytes. */
export interface Room {
	/** Tables, indexes, and what keeps them safe. */
	database: number;
	/** The whole data folder, with backups that lie in it; null on a server. */
	folder: number | null;
	/** What may still be written on the folder's disk; null on a server. */
	free: number | null;
}

/** Where the database lies in the folder. */
const CLUSTER = 'postgres/';

/**
 * How much room the embedded database takes and has. Read from its folder: pg_database_size would stop everybody for
 * the time in which PostgreSQL looks at its files.
 */
export async function roomOfFolder(folder: string): Promise<Room> {
	const [names, { bavail, bsize }] = await Promise.all([readdir(folder, { recursive: true }), statfs(folder)]);
	const files = await Promise.all(names.map(async (name) => ({ name, bytes: await bytesOf(join(folder, name)) })));
	const sum = (some: typeof files) => some.reduce((total, { bytes }) => total + bytes, 0);
	return {
		database: sum(files.filter(({ name }) => name.startsWith(CLUSTER))),
		folder: sum(files),
		free: bavail * bsize
	};
}

/** A file may go while others are looked at, and folders count for nothing. */
async function bytesOf(path: string) {
	const found = await lstat(path).catch(() => null);
	return found?.isFile() ? found.size : 0;
}

export async function roomOnServer(db: Db): Promise<Room> {
	const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
	return { database: rows[0]!.bytes, folder: null, free: null };
}
