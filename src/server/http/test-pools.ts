import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { columnTypes } from '#server/db/column-types.ts';
import type { Db } from '#server/db/database.ts';
import { countingWrites } from '#server/db/own-writes.ts';
import { reconnecting } from '#server/db/reconnecting.ts';
import { testDatabase } from '#server/db/test-database.ts';

/** A pool of its own on the test's database: with its writes counted, as this process has it, or as another would. */
export async function openedAs(who: 'this process' | 'another process'): Promise<Db> {
	const pool = new pg.Pool({ connectionString: (await testDatabase()).address, types: columnTypes, max: 4 });
	const lasting = reconnecting({ pool, ensure: async () => {}, patience: 1_000 });
	const db: Db = new Kysely({
		dialect: new PostgresDialect({ pool: who === 'this process' ? countingWrites(lasting) : lasting })
	});
	onTestFinished(() => db.destroy());
	return db;
}
