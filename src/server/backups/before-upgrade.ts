import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { copyDatabase, OlderProcess } from '#server/db/embedded/control.ts';
import { fsyncPath } from '#server/db/embedded/durable-fs.ts';
import { isLocked } from '#server/db/embedded/lock.ts';
import { migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { faultOf, log } from '#server/log.ts';
import type { Source } from './consistent.ts';
import { exists } from './refuse-unless.ts';
import { leftBehindIn, nameUnderWay } from './under-way.ts';

const prefix = 'before-';
/** The database process of an older version, which cannot copy, leaves ten seconds after its last client. */
const patience = 20_000;
/** Milliseconds after which it says what it waits for. */
const silence = 2_000;

/**
 * Copies the folder of the embedded database before its first migration by a new version, so that one can go back. Called
 * before `migrate`. It does nothing where there is nothing to migrate, and nothing when an upgrade that was cut off goes on:
 * the copy that is there is the old state, and the database is half migrated. A server is not copied.
 */
export async function keepBeforeUpgrade({ dataFolder, databaseUrl }: Source) {
	if (databaseUrl !== null || !existsSync(join(dataFolder, 'postgres'))) return;
	const waiting = { since: performance.now(), told: false };
	for (;;) {
		const { db, close } = await openDatabase({ dataFolder, databaseUrl });
		try {
			const pending = await pendingIn(db);
			if (pending.length === 0 || isHalfMigrated(dataFolder, pending[0]!)) return;
			return await keep(db, { dataFolder, pending });
		} catch (fault) {
			if (!(fault instanceof OlderProcess) || performance.now() - waiting.since > patience) throw fault;
		} finally {
			await close();
		}
		await untilLeft(dataFolder, waiting);
	}
}

/** Removes what was kept, once the new version serves. */
export async function dropKept({ dataFolder, databaseUrl }: Source) {
	if (databaseUrl !== null) return;
	for (const folder of [...keptIn(dataFolder), ...leftBehindIn(dataFolder, isKeptName)]) {
		try {
			await rm(folder, { recursive: true, force: true });
			log('info', 'The copy from before the upgrade was removed', { folder });
		} catch (fault) {
			log('warn', 'The copy from before the upgrade could not be removed', { folder, ...faultOf(fault) });
		}
	}
}

/** The migrations that a database lacks which has others; none for one that is new, or up to date. */
async function pendingIn(db: Db) {
	if (!(await exists(db, 'migration'))) return [];
	const { rows } = await sql<{ name: string }>`select name from migration`.execute(db);
	const applied = new Set(rows.map(({ name }) => name));
	if (applied.size === 0) return [];
	return (await migrationsIn(migrationsFolder)).map(({ name }) => name).filter((name) => !applied.has(name));
}

const isKeptName = (name: string) => /^before-\d{4}_[a-z0-9_]+$/.test(name);

const keptIn = (dataFolder: string) =>
	readdirSync(dataFolder)
		.filter(isKeptName)
		.map((name) => join(dataFolder, name));

const nameFor = (migration: string) => `${prefix}${migration.replace(/\.sql$/, '')}`;

/** Lies in a copy, and says which migrations it was made before. */
const marker = 'before-upgrade.json';

/**
 * Whether the next migration is a later one of an upgrade that has begun: a copy was made before it and others. A copy that was
 * left by an earlier upgrade was made before others only.
 */
const isHalfMigrated = (dataFolder: string, next: string) =>
	keptIn(dataFolder).some((folder) => migrationsAfter(folder).indexOf(next) > 0);

function migrationsAfter(folder: string) {
	const path = join(folder, marker);
	if (!existsSync(path)) return [];
	return (JSON.parse(readFileSync(path, 'utf8')) as { migrations: string[] }).migrations;
}

/**
 * A copy of the same name may be of long ago, if somebody went back to the older version and copied it: it is made again.
 * Two processes may do this at once: each copies to a name of its own, and what was copied after the other had migrated goes.
 */
async function keep(db: Db, { dataFolder, pending }: { dataFolder: string; pending: string[] }) {
	const kept = join(dataFolder, nameFor(pending[0]!));
	// A database process that still copies for who was killed finds its folder gone, and gives up.
	for (const left of leftBehindIn(dataFolder, isKeptName))
		rmSync(left, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
	const fresh = nameUnderWay(kept);
	const { bytes, pauseMs } = await copyDatabase(dataFolder, fresh);
	if ((await pendingIn(db))[0] !== pending[0]) return rmSync(fresh, { recursive: true });
	writeFileSync(join(fresh, marker), `${JSON.stringify({ migrations: pending })}\n`, { mode: 0o600, flush: true });
	fsyncPath(fresh);
	replace(kept, fresh);
	fsyncPath(dataFolder);
	log('info', 'The database was copied before the upgrade', { folder: kept, bytes, pauseMs: Math.round(pauseMs) });
}

/** A folder takes the place of an empty one only, so the one that is there goes first; another process may be quicker. */
function replace(kept: string, fresh: string) {
	for (;;) {
		rmSync(kept, { recursive: true, force: true });
		try {
			return renameSync(fresh, kept);
		} catch (fault) {
			if ((fault as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw fault;
		}
	}
}

async function untilLeft(dataFolder: string, waiting: { since: number; told: boolean }) {
	const waited = () => performance.now() - waiting.since;
	for (; (await isLocked(dataFolder)) && waited() < patience; await pause(100)) {
		if (waiting.told || waited() < silence) continue;
		waiting.told = true;
		log('warn', 'An older version still uses this database; waiting up to 20 seconds for it to end', { dataFolder });
	}
}
