import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
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

/** Milliseconds that a migration waits for a table, and that it pauses before it asks again; how often it does. */
const lockWait = 200;
const lockPause = 300;
const lockAttempts = 200;
/** What PostgreSQL says then: lock_not_available, or deadlock_detected. */
const inUse = new Set(['55P03', '40P01']);

/** What a restore asks for: it brings a database to the tables of its backup, and then fills them. */
interface ForRestore {
	/** The last migration to apply. */
	last?: string;
	/** A restore that is not finished is no hindrance. */
	restores?: boolean;
}

/**
 * Brings the tables of the database to what this version of the code needs and returns the names of what was applied.
 * Each file of `db/migrations` is one transaction, so being killed leaves a whole number of them, and each transaction
 * first takes a lock, so two may migrate at once. Refuses a database that a newer version has migrated, one that is
 * half restored, and files that changed after they were applied.
 */
export async function migrate(
	db: Db,
	folder = migrationsFolder,
	{ last, restores = false }: ForRestore = {}
): Promise<string[]> {
	const migrations = (await migrationsIn(folder)).filter(({ name }) => last === undefined || name <= last);
	const applied: string[] = [];
	for (;;) {
		const name = await patiently(() => applyNext(db, { migrations, restores }));
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

/**
 * A migration that waits for a table in use makes all wait who come after it. It lets them by, and asks again. Being first to
 * give up, it also ends a deadlock with an import before PostgreSQL looks for one, after a second.
 */
async function patiently<T>(work: () => Promise<T>) {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await work();
		} catch (fault) {
			if (!inUse.has((fault as { code?: string }).code ?? '')) throw fault;
			if (attempt === lockAttempts)
				throw new Refused('unavailable', 'The tables are in use without a pause; stop what imports, and start again.');
			await pause(lockPause);
		}
	}
}

/** Applies the first migration that the database lacks; gives null when it lacks none. */
function applyNext(db: Db, { migrations, restores }: { migrations: readonly Migration[]; restores: boolean }) {
	return db.transaction().execute(async (tx) => {
		// A migration may take long, and the embedded database ends long work unless it says that it is maintenance.
		await sql`set local application_name = 'maintenance'`.execute(tx);
		await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(tx);
		if (!restores) await refuseHalfRestored(tx);
		const next = firstMissing(migrations, await appliedIn(tx));
		if (!next) return null;
		await sql`set local lock_timeout = ${sql.lit(lockWait)}`.execute(tx);
		await sql.raw(next.text).execute(tx);
		await sql`insert into migration (name, checksum) values (${next.name}, ${next.checksum})`.execute(tx);
		return next.name;
	});
}

/** A restore or a move that was cut off leaves its table behind (src/server/backups/restoring.ts). */
async function refuseHalfRestored(tx: Db) {
	const { rows } = await sql<{ half: boolean }>`select to_regclass('public.restoring') is not null as half`.execute(tx);
	if (rows[0]!.half)
		throw new Refused(
			'unavailable',
			'The database is not whole: a restore or a move into it goes on, or was cut off. Run the same `broadsheet restore` or `broadsheet move` again.'
		);
}

/** Where nothing is to be applied, nothing is written: a site must start on a full disk too. */
async function appliedIn(tx: Db) {
	const { rows: found } = await sql<{ there: boolean }>`
		select to_regclass('public.migration') is not null as there`.execute(tx);
	if (!found[0]!.there)
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
