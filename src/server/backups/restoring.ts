import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { tablesOf } from './catalog.ts';
import type { Header } from './contents.ts';

/** The number of our lock among those of pg_advisory_xact_lock: the letters of "res". */
const lock = 0x726573;

/**
 * Claims the database for the restore of this backup, or goes on with it where it was cut off. Gives how many of its parts are
 * in. The claim is a table that is there while the database is not whole: `migrate` refuses it, and so does every command. Refuses
 * a database that holds anything.
 */
export function claimDatabase(db: Db, { digest, header }: { digest: string; header: Header }): Promise<number> {
	return db.transaction().execute(async (tx) => {
		await sql`select pg_advisory_xact_lock(${sql.lit(lock)})`.execute(tx);
		if (await exists(tx, 'restoring')) return partsOf(tx, digest);
		await refuseUnlessEmpty(tx);
		await refuseNewerTables(tx, header);
		await sql`create table restoring (
			backup text primary key,
			parts integer not null default 0,
			started_at timestamptz not null default now()
		)`.execute(tx);
		await sql`comment on table restoring is 'derived: a restore that is not finished'`.execute(tx);
		await sql`insert into restoring (backup) values (${digest})`.execute(tx);
		return 0;
	});
}

/** The digest of the backup that is half restored here, or null. */
export async function halfRestored(db: Db) {
	if (!(await exists(db, 'restoring'))) return null;
	const { rows } = await sql<{ backup: string }>`select backup from restoring`.execute(db);
	return rows[0]!.backup;
}

async function partsOf(tx: Db, digest: string) {
	const { rows } = await sql<{ parts: number }>`select parts from restoring where backup = ${digest}`.execute(tx);
	if (rows[0]) return rows[0].parts;
	throw new Refused(
		'conflict',
		'The restore of another backup was cut off in this database: run that one again, or take an empty database.'
	);
}

/** Counts a part in, in the transaction that loads it: whoever else restores the same backup waits, and is refused. */
export async function countPart(tx: Db, { digest, part }: { digest: string; part: number }) {
	const { numAffectedRows } = await sql`
		update restoring set parts = ${part} where backup = ${digest} and parts = ${part - 1}`.execute(tx);
	if (numAffectedRows !== 1n) throw new Refused('conflict', 'Another restore works on this database; let it finish.');
}

/** Refuses a database with a row in it, or with tables of something else. */
export async function refuseUnlessEmpty(db: Db) {
	const tables = await tablesOf(db);
	if (!(await exists(db, 'migration')) && tables.length > 0)
		throw new Refused('conflict', 'The database holds tables that are not Broadsheet’s; take an empty database.');
	for (const { name } of tables)
		if (await hasRows(db, name))
			throw new Refused('conflict', `The database is not empty (${name} has rows); take an empty folder or database.`);
}

/** The tables that are there have to be those of the backup, or to become them. */
async function refuseNewerTables(tx: Db, { migrations }: Header) {
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

async function exists(db: Db, table: string) {
	const { rows } = await sql<{ there: boolean }>`
		select to_regclass(${`public.${table}`}) is not null as there`.execute(db);
	return rows[0]!.there;
}
