import { sql } from 'kysely';
import { test } from 'vitest';
import type { Db } from './database.ts';
import { type MigratedInMemory, startMigrated } from './migrated-in-memory.ts';

/**
 * `test` with a database, as production has it: PGlite, the multiplexer and `pg` on a unix socket, one per worker.
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

/** Vitest may evaluate this module once a file while the worker stays, so the database hangs on the worker. */
const kept = globalThis as { broadsheetTestDatabase?: Promise<MigratedInMemory> };

/** The migrated in-memory database of this worker, started once. It ends with the worker. */
export function testDatabase(): Promise<MigratedInMemory> {
	return (kept.broadsheetTestDatabase ??= startMigrated());
}

async function emptyTables(db: Db) {
	const { rows } = await sql<{ tables: string | null }>`
		select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables
		where schemaname = 'public' and tablename <> 'migration'`.execute(db);
	if (rows[0]?.tables) await sql`truncate ${sql.raw(rows[0].tables)} restart identity cascade`.execute(db);
}
