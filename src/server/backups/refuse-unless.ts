import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { firstMissing, migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { Refused } from '#server/refused.ts';
import { type Table, tablesOf } from './catalog.ts';
import type { Header } from './contents.ts';

/** Refuses to back up what is no whole database of this version or an older one. */
export async function refuseUnlessWhole(tx: Db) {
	if (await exists(tx, 'restoring'))
		throw new Refused(
			'conflict',
			'The database is not whole: a restore or a move into it goes on, or was cut off. Run that again.'
		);
	if (!(await exists(tx, 'migration')))
		throw new Refused('conflict', 'The database holds nothing of Broadsheet yet; look at DATA_FOLDER or DATABASE_URL.');
	const { rows } = await sql<{ name: string; checksum: string }>`
		select name, checksum from migration order by name`.execute(tx);
	firstMissing(await migrationsIn(migrationsFolder), rows);
}

/** Refuses a database with a row in it, or with tables of something else. */
export async function refuseUnlessEmpty(db: Db) {
	const tables = await tablesOf(db);
	if (!(await exists(db, 'migration')) && tables.length > 0)
		throw new Refused('conflict', 'The database holds tables that are not Broadsheet’s; take an empty database.');
	if (await hasAnyRows(db, tables))
		throw new Refused('conflict', 'The database already holds papers; take an empty folder or database.');
}

/** Whether it has tables of Broadsheet with rows in them. */
export const isFilled = async (db: Db) => (await exists(db, 'migration')) && (await hasAnyRows(db, await tablesOf(db)));

async function hasAnyRows(db: Db, tables: Table[]) {
	for (const { name } of tables) if (await hasRows(db, name)) return true;
	return false;
}

/** The tables that are there have to be those of the backup, or to become them. */
export async function refuseNewerTables(tx: Db, { migrations }: Header) {
	if (!(await exists(tx, 'migration'))) return;
	const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(tx);
	const newer = rows.find(({ name }) => !migrations.some((one) => one.name === name));
	if (newer)
		throw new Refused(
			'conflict',
			`The database has tables that this backup is older than (${newer.name}); take a folder or database without any.`
		);
}

async function hasRows(db: Db, table: string) {
	const { rows } = await sql`select from ${sql.table(`public.${table}`)} limit 1`.execute(db);
	return rows.length > 0;
}

export async function exists(db: Db, table: string) {
	const { rows } = await sql<{ there: boolean }>`
		select to_regclass(${`public.${table}`}) is not null as there`.execute(db);
	return rows[0]!.there;
}
