import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { test } from 'vitest';
import { columnTypes } from './column-types.ts';
import type { Db } from './database.ts';
import { startMigrated } from './migrated-in-memory.ts';
import { makeServerDatabase } from './test-server.ts';

/**
 * `test` with a database of the worker's own, as production has it: PGlite, the multiplexer and `pg` on a unix socket; on
 * `bin/test --postgres` a database of a PostgreSQL server. What needs the embedded one says `tags: ['embedded']`.
 *
 *     import { databaseTest as test } from '#server/db/test-database.ts';
 *     test('a comment shows under its paper', async ({ db }) => { await addComment(db, …) });
 *
 * - `db` is a transaction that is rolled back after the test (1 ms). A second connection would wait for its end, so hand
 *   this `db` to everything that the test calls.
 * - `committed` is the database itself, for what needs several connections or real commits (jobs, races). All tables of
 *   the schema `public` are emptied after the test (40 ms).
 */
export const databaseTest = test.extend<{ db: Db; committed: Db }>({
	// oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern what a fixture needs
	db: async ({}, use) => {
		const { db } = await testDatabase();
		const tx = await db.startTransaction().execute();
		try {
			await use(tx);
		} finally {
			await tx.rollback().execute();
		}
	},
	// oxlint-disable-next-line no-empty-pattern
	committed: async ({}, use) => {
		const { db } = await testDatabase();
		try {
			await use(db);
		} finally {
			await emptyTables(db);
		}
	}
});

interface TestDatabase {
	db: Db;
	/** What DATABASE_URL would be for it. */
	address: string;
}

/** Vitest may evaluate this module once a file while the worker stays, so the database hangs on the worker. */
const kept = globalThis as { broadsheetTestDatabase?: Promise<TestDatabase> };

/** The migrated database of this worker, made once. It ends with the worker or with the server. */
export function testDatabase(): Promise<TestDatabase> {
	return (kept.broadsheetTestDatabase ??= openTestDatabase());
}

async function openTestDatabase(): Promise<TestDatabase> {
	const address = await makeServerDatabase({ migrated: true });
	if (!address) {
		const { db, socketFolder } = await startMigrated();
		return { db, address: `postgres://postgres@localhost/postgres?host=${socketFolder}` };
	}
	const pool = new pg.Pool({ connectionString: address, types: columnTypes, allowExitOnIdle: true });
	pool.on('error', () => {});
	return { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), address };
}

async function emptyTables(db: Db) {
	const { rows } = await sql<{ tables: string | null }>`
		select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables
		where schemaname = 'public' and tablename <> 'migration'`.execute(db);
	if (rows[0]?.tables) await sql`truncate ${sql.raw(rows[0].tables)} restart identity cascade`.execute(db);
}
