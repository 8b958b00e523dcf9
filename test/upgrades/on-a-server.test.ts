import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { migrate, migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { isOnServer, makeServerDatabase } from '#server/db/test-server.ts';
import { endDatabase } from '../database-process.ts';
import { type Fixture, fixtures, unpack } from './fixtures.ts';
import { tallyOf } from './tallies.ts';

describe.runIf(isOnServer()).each(fixtures())('a server with what $version held', (fixture) => {
	test('promise 35: it is migrated once, and every row is there and the same', async () => {
		const { db, close } = await openDatabase({ dataFolder: '', databaseUrl: await makeServerDatabase() });
		try {
			expect(await migrate(db, migrationsFolder, { last: fixture.migrations.at(-1) })).toEqual(fixture.migrations);
			await fill(db, fixture);
			const all = (await migrationsIn(migrationsFolder)).map(({ name }) => name);
			expect(await migrate(db)).toEqual(all.filter((name) => !fixture.migrations.includes(name)));
			expect(await migrate(db)).toEqual([]);
			for (const [name, tally] of Object.entries(fixture.tables))
				expect(await tallyOf(db, { name, ...tally }), name).toEqual(tally);
		} finally {
			await close();
		}
	}, 60_000);
});

/** The rows of the embedded database that was kept, into tables of the same version. */
async function fill(db: Db, fixture: Fixture) {
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-upgrade-'));
	await unpack(fixture.version, folder);
	const kept = await openDatabase({ dataFolder: folder, databaseUrl: null });
	try {
		await db.transaction().execute(async (tx) => {
			// Neither keys nor triggers are asked while the tables are half full.
			await sql`set local session_replication_role = replica`.execute(tx);
			for (const name of Object.keys(fixture.tables)) await copyTable(kept.db, { to: tx, name });
		});
	} finally {
		await kept.close();
		await endDatabase(folder);
		rmSync(folder, { recursive: true });
	}
}

async function copyTable(from: Db, { to, name }: { to: Db; name: string }) {
	const { rows } = await sql<{ rows: string }>`
		select coalesce(json_agg(kept), '[]')::text as rows from ${sql.table(name)} kept`.execute(from);
	const { rows: columns } = await sql<{ name: string }>`
		select column_name as name from information_schema.columns
		where table_schema = 'public' and table_name = ${name} and is_generated = 'NEVER'`.execute(to);
	const names = sql.join(columns.map((column) => sql.ref(column.name)));
	await sql`insert into ${sql.table(name)} (${names}) overriding system value
		select ${names} from json_populate_recordset(null::${sql.table(name)}, ${rows[0]!.rows}::json)`.execute(to);
}
