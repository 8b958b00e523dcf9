import { sql } from 'kysely';
import { afterAll } from 'vitest';
import { openDatabase, type OpenDatabase } from '#server/db/connection.ts';
import { startInMemory } from '#server/db/embedded/in-memory.ts';
import { isOnServer, makeServerDatabase } from '#server/db/test-server.ts';

/** The kinds of database of this run: a server is among them in `bin/test --postgres`. */
export const kinds = () => (isOnServer() ? (['embedded', 'server'] as const) : (['embedded'] as const));
export type Kind = ReturnType<typeof kinds>[number];

/**
 * Databases for the tests of one file, made once, and a wipe. The embedded one is in memory; what needs a data folder
 * is tested through the commands.
 */
export function useDatabases() {
	const opened = new Map<string, Promise<OpenDatabase & { address: string }>>();
	const closing: (() => Promise<unknown>)[] = [];
	afterAll(async () => {
		for (const close of closing.toReversed()) await close();
	});

	async function open(kind: Kind) {
		const address = kind === 'server' ? (await makeServerDatabase())! : await inMemory();
		const settings = { dataFolder: '/nowhere', databaseUrl: address };
		const database = await openDatabase(settings, { applicationName: 'maintenance' });
		closing.push(database.close);
		return { ...database, address };
	}

	async function inMemory() {
		const { socketFolder, close } = await startInMemory();
		closing.push(close);
		return `postgres://postgres@localhost/postgres?host=${socketFolder}`;
	}

	/** The database of this kind, or another one of it, without a table: whatever a test before had in it is gone. */
	async function empty(kind: Kind, which = '') {
		const name = `${kind} ${which}`;
		if (!opened.has(name)) opened.set(name, open(kind));
		const database = await opened.get(name)!;
		await sql`drop schema public cascade; drop schema if exists job cascade; create schema public`.execute(database.db);
		return database;
	}

	return { empty };
}
