import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { Refused } from '../refused.ts';
import type { Db } from './database.ts';

export const migrationsFolder = fileURLToPath(new URL('../../../db/migrations/', import.meta.url));

export interface Migration {
	name: string;
	text: string;
	checksum: string;
}

/** The number of our lock among those of pg_advisory_xact_lock: the letters of "mig". */
const migrationLock = 0x6d6967;

/**
 * Brings the tables of the database to what this version of the code needs and returns the names of what was applied.
 * Each file of `db/migrations` is one transaction, so being killed leaves a whole number of them, and each transaction
 * first takes a lock, so two may migrate at once. Refuses a database that a newer version has migrated, and files that
 * changed after they were applied.
 */
export async function migrate(db: Db, folder = migrationsFolder): Promise<string[]> {
	const migrations = await migrationsIn(folder);
	const applied: string[] = [];
	for (;;) {
		const name = await applyNext(db, migrations);
		if (!name) return applied;
		applied.push(name);
	}
}

/** The migrations of a folder, in order. */
export async function migrationsIn(folder: string): Promise<Migration[]> {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
	const misnamed = names.find((name) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(name));
	if (misnamed) throw new Error(`${misnamed} is not a migration: it has to be called like 0007_votes.sql`);
	return Promise.all(names.map((name) => readMigration(folder, name)));
}

async function readMigration(folder: string, name: string) {
	const text = (await readFile(`${folder}/${name}`, 'utf8')).replaceAll('\r\n', '\n');
	return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
}

/** Applies the first migration that the database lacks; gives null when it lacks none. */
function applyNext(db: Db, migrations: readonly Migration[]) {
	return db.transaction().execute(async (tx) => {
		// A migration may take long, and the embedded database ends long work unless it says that it is maintenance.
		await sql`set local application_name = 'maintenance'`.execute(tx);
		await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(tx);
		const next = firstMissing(migrations, await appliedIn(tx));
		if (!next) return null;
		await sql.raw(next.text).execute(tx);
		await sql`insert into migration (name, checksum) values (${next.name}, ${next.checksum})`.execute(tx);
		return next.name;
	});
}

async function appliedIn(tx: Db) {
	await sql`create table if not exists migration (
		name text primary key,
		checksum text not null,
		applied_at timestamptz not null default now()
	)`.execute(tx);
	const { rows } = await sql<Omit<Migration, 'text'>>`select name, checksum from migration order by name`.execute(tx);
	return rows;
}

/** A pure rule: what to apply next, given what was applied. */
export function firstMissing(migrations: readonly Migration[], applied: readonly Omit<Migration, 'text'>[]) {
	const known = new Map(migrations.map((one) => [one.name, one]));
	const newer = applied.find(({ name }) => !known.has(name));
	if (newer)
		throw new Refused(
			'unavailable',
			`The database was made by a newer version of Broadsheet (it knows ${newer.name}); start that version.`
		);
	const changed = applied.find(({ name, checksum }) => known.get(name)!.checksum !== checksum);
	if (changed)
		throw new Refused(
			'unavailable',
			`The migration ${changed.name} was changed after it had been applied; restore the file and write a new one.`
		);
	const next = migrations.find(({ name }) => !applied.some((one) => one.name === name));
	const last = applied.at(-1);
	if (next && last && next.name < last.name)
		throw new Refused('unavailable', `The migration ${next.name} comes before ${last.name}, which is applied already.`);
	return next;
}
