import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import { columnTypes } from './column-types.ts';
import type { Db } from './database.ts';
import { checkedSocket } from './embedded/checked-socket.ts';
import { socketFolderOf } from './embedded/data-folder.ts';
import { embeddedUser } from './embedded/socket.ts';
import { ensureRunning } from './embedded/start.ts';
import { refusalOf, unavailable } from './outages.ts';
import { countingWrites } from './own-writes.ts';
import { reconnecting } from './reconnecting.ts';

interface DatabaseSettings {
	/** The folder of the embedded database. */
	dataFolder: string;
	/** A PostgreSQL server instead; null means embedded. */
	databaseUrl: string | null;
	/** Where a person gave that address, for what is said of it; DATABASE_URL unless it is told. */
	setting?: string;
}

export interface OpenDatabase {
	db: Db;
	/** For a library that writes SQL of its own: a text of several statements gives the rows of each, one after the other. */
	executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
	close: () => Promise<void>;
}

/** What the server calls us in pg_stat_activity. `maintenance` is exempt from the limits of the embedded database. */
type ApplicationName = 'broadsheet' | 'maintenance';

/**
 * Opens the database: the embedded one, which is started if it does not run, or the server of `databaseUrl`. Refuses what
 * cannot be used in one sentence that says what to do.
 */
export async function openDatabase(
	{ dataFolder, databaseUrl, setting = 'DATABASE_URL' }: DatabaseSettings,
	{
		applicationName = 'broadsheet',
		processArguments
	}: { applicationName?: ApplicationName; processArguments?: string[] } = {}
): Promise<OpenDatabase> {
	const ensure = databaseUrl ? async () => {} : () => ensureRunning({ folder: dataFolder, processArguments });
	await ensure();
	const where = databaseUrl ? { connectionString: databaseUrl } : embeddedIn(socketFolderOf(dataFolder));
	const pool = new pg.Pool({
		...where,
		types: columnTypes,
		application_name: applicationName,
		// One connection stays, so that the embedded database does not close behind a site without visitors.
		min: 1,
		connectionTimeoutMillis: databaseUrl ? 5_000 : 30_000
	});
	// A server that is away comes back without us; the embedded database is started, and replays its log first.
	const lasting = countingWrites(reconnecting({ pool, ensure, patience: databaseUrl ? 3_000 : 10_000 }));
	const db: Db = new Kysely({ dialect: new PostgresDialect({ pool: lasting }) });
	if (databaseUrl) await checkServer(pool, { databaseUrl, setting });
	// Holds the embedded database from the start: it would close if nobody came.
	else await sql`select`.execute(db);
	return { db, executeSql: executeSqlOn(lasting), close };

	/** Kysely ends a pool only once it has asked something of it. */
	async function close() {
		await db.destroy();
		if (!pool.ending) await pool.end();
	}
}

function embeddedIn(socketFolder: string): pg.PoolConfig {
	return {
		host: socketFolder,
		user: embeddedUser,
		database: embeddedUser,
		stream: () => checkedSocket(socketFolder)
	};
}

/**
 * Kysely would give the rows of a single statement only. A text may open a transaction and fail in it, so its connection
 * is closed then: its next borrower would find the failed transaction, and embedded everybody would wait for its end.
 */
function executeSqlOn(pool: PostgresPool): OpenDatabase['executeSql'] {
	return async (text, values = []) => {
		const client = await pool.connect();
		let failed = true;
		try {
			const results: unknown = await client.query(text, values);
			failed = false;
			return { rows: [results].flat().flatMap((result) => (result as { rows: unknown[] }).rows) };
		} finally {
			client.release(failed);
		}
	};
}

/** The migrations need PostgreSQL 17 and pg_trgm, and nothing else that a server may lack. */
async function checkServer(pool: pg.Pool, address: { databaseUrl: string; setting: string }) {
	try {
		const { rows } = await pool.query<{ version: number; trgm: boolean }>(`
			select current_setting('server_version_num')::int as version,
				exists (select from pg_available_extensions where name = 'pg_trgm') as trgm`);
		const { version, trgm } = rows[0]!;
		if (version < 170000)
			throw unavailable(
				`The PostgreSQL server is version ${Math.floor(version / 10000)}; Broadsheet needs 17 or newer.`
			);
		if (!trgm) throw unavailable('The PostgreSQL server lacks the extension pg_trgm; install its contrib package.');
	} catch (fault) {
		await pool.end();
		throw refusalOf(fault, address) ?? fault;
	}
}
