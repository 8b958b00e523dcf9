import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { columnTypes } from './column-types.ts';
import type { Db } from './database.ts';
import { extensions } from './embedded/extensions.ts';
import { startInMemory } from './embedded/in-memory.ts';
import type { Limits } from './embedded/turns.ts';
import { embeddedUser } from './embedded/socket.ts';
import { migrate, migrationsFolder, migrationsIn } from './migrate.ts';

const cacheFolder = fileURLToPath(new URL('../../../test/.cache/', import.meta.url));

/**
 * The limits of production would end the transaction of a test that is being debugged. A test that waits for a second
 * connection inside its own transaction waits in vain: this ends it with 25P03 before vitest's own limit of 20 s.
 */
const patientLimits = { idle: 15_000, whole: Infinity };

export interface MigratedInMemory {
	db: Db;
	/** The host for other drivers: the folder of the unix socket. */
	socketFolder: string;
	/** Opens a pool of its own; the caller ends it. */
	pool: (options?: pg.PoolConfig) => pg.Pool;
	close: () => Promise<void>;
}

/** Starts a migrated database in memory that belongs to the caller. The migrated state is cached in test/.cache. */
export async function startMigrated(limits: Limits = patientLimits): Promise<MigratedInMemory> {
	const cache = join(cacheFolder, `migrated-${await fingerprint()}.tar`);
	const dump = await readFile(cache).then(
		(bytes) => new Blob([bytes]),
		() => null
	);
	const memory = await startInMemory({ dump, limits });
	const pool = (options: pg.PoolConfig = {}) => {
		const made = new pg.Pool({ host: memory.socketFolder, user: embeddedUser, types: columnTypes, ...options });
		return made.on('error', () => {});
	};
	const db: Db = new Kysely({ dialect: new PostgresDialect({ pool: pool({ allowExitOnIdle: true }) }) });
	if (!dump) {
		await migrate(db);
		await sql`checkpoint`.execute(db);
		await keep(cache, await memory.dump());
	}
	return { db, socketFolder: memory.socketFolder, pool, close: () => db.destroy().then(memory.close) };
}

/** The dump depends on the migrations and on the PostgreSQL that ran them. */
async function fingerprint() {
	const hash = createHash('sha256').update(Object.keys(extensions).join());
	for (const { name, checksum } of await migrationsIn(migrationsFolder)) hash.update(name + checksum);
	const manifest = import.meta.resolve('@electric-sql/pglite').replace(/dist\/.*$/, 'package.json');
	return hash
		.update(await readFile(fileURLToPath(manifest)))
		.digest('hex')
		.slice(0, 16);
}

/** Written aside and renamed, since two workers may do this at once; older dumps go. */
async function keep(cache: string, dump: Blob) {
	await mkdir(cacheFolder, { recursive: true });
	const aside = `${cache}.${process.pid}.${Math.random().toString(36).slice(2)}`;
	await writeFile(aside, dump.stream());
	await rename(aside, cache);
	const old = (await readdir(cacheFolder)).filter((name) => name.endsWith('.tar') && join(cacheFolder, name) !== cache);
	for (const name of old) await rm(join(cacheFolder, name), { force: true });
}
