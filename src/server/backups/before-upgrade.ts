import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { copyDatabase } from '#server/db/embedded/control.ts';
import { fsyncPath } from '#server/db/embedded/durable-fs.ts';
import { isAlive, isLocked } from '#server/db/embedded/lock.ts';
import { migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { faultOf, log } from '#server/log.ts';
import { Refused } from '#server/refused.ts';
import type { Source } from './consistent.ts';

const prefix = 'before-';
/** The database process of an older version, which cannot copy, leaves ten seconds after its last client. */
const patience = 20_000;

/**
 * Copies the folder of the embedded database before its first migration by a new version, so that one can go back. Called
 * before `migrate`. It does nothing where there is nothing to migrate, and nothing when an upgrade that was cut off goes on:
 * the copy that is there is the old state, and the database is half migrated. A server is not copied.
 */
export async function keepBeforeUpgrade({ dataFolder, databaseUrl }: Source) {
	if (databaseUrl !== null || !existsSync(join(dataFolder, 'postgres'))) return;
	const started = performance.now();
	for (;;) {
		const { db, close } = await openDatabase({ dataFolder, databaseUrl });
		try {
			const next = await firstPending(db);
			if (next === null || isHalfMigrated(dataFolder, next)) return;
			return await keep(db, { dataFolder, next });
		} catch (fault) {
			if (!isOlderProcess(fault) || performance.now() - started > patience) throw fault;
		} finally {
			await close();
		}
		await untilLeft(dataFolder, started + patience);
	}
}

/** Removes what was kept, once the new version serves. */
export async function dropKept({ dataFolder, databaseUrl }: Source) {
	if (databaseUrl !== null) return;
	for (const name of keptIn(dataFolder).filter((one) => !one.includes('.') || isAbandoned(one))) {
		try {
			await rm(join(dataFolder, name), { recursive: true, force: true });
			log('info', 'The copy from before the upgrade was removed', { folder: name });
		} catch (fault) {
			log('warn', 'The copy from before the upgrade could not be removed', { folder: name, ...faultOf(fault) });
		}
	}
}

/** The first migration that a database lacks which has others; null for one that is new, or up to date. */
async function firstPending(db: Db) {
	const { rows: tables } = await sql<{ there: boolean }>`
		select to_regclass('public.migration') is not null as there`.execute(db);
	if (!tables[0]!.there) return null;
	const { rows } = await sql<{ name: string }>`select name from migration`.execute(db);
	const applied = new Set(rows.map(({ name }) => name));
	if (applied.size === 0) return null;
	return (await migrationsIn(migrationsFolder)).find(({ name }) => !applied.has(name))?.name ?? null;
}

const nameFor = (migration: string) => `${prefix}${migration.replace(/\.sql$/, '')}`;

const keptIn = (dataFolder: string) => readdirSync(dataFolder).filter((name) => /^before-\d{4}_/.test(name));

/** A copy is named by the first migration after it. Where that is no longer the next one, some have been applied since. */
const isHalfMigrated = (dataFolder: string, next: string) =>
	keptIn(dataFolder).some((name) => !name.includes('.') && name < nameFor(next));

/**
 * A copy of the same name may be of long ago, if somebody went back to the older version and copied it: it is made again.
 * Two processes may do this at once: each copies to a name of its own, and what was copied after the other had migrated goes.
 */
async function keep(db: Db, { dataFolder, next }: { dataFolder: string; next: string }) {
	const kept = join(dataFolder, nameFor(next));
	for (const name of keptIn(dataFolder).filter(isAbandoned)) rmSync(join(dataFolder, name), { recursive: true });
	const fresh = `${kept}.new-${process.pid}`;
	const { bytes, pauseMs } = await copyDatabase(dataFolder, fresh);
	if ((await firstPending(db)) !== next) return rmSync(fresh, { recursive: true });
	replace(kept, fresh);
	fsyncPath(dataFolder);
	log('info', 'The database was copied before the upgrade', { folder: kept, bytes, pauseMs: Math.round(pauseMs) });
}

/** A copy that was being made: whoever wanted it has been killed. */
function isAbandoned(name: string) {
	const maker = /\.new-(\d+)$/.exec(name)?.[1];
	return maker !== undefined && !isAlive(Number(maker));
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

const isOlderProcess = (fault: unknown) => fault instanceof Refused && fault.message.includes('older version');

async function untilLeft(dataFolder: string, deadline: number) {
	while ((await isLocked(dataFolder)) && performance.now() < deadline) await pause(100);
}
