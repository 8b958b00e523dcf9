import { inject } from 'vitest';
import { makeDatabase, type TestServer } from '../../../test/postgres/make-database.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Null where the tests run on the embedded database. */
		postgres: TestServer | null;
	}
}

/** Whether this run is on a PostgreSQL server. What needs the embedded database says `{ tags: ['embedded'] }` instead. */
export const isOnServer = () => inject('postgres') !== null;

/**
 * Makes a database on the PostgreSQL server of this run, empty or with the tables of this version, and gives its address;
 * null where the tests run on the embedded database. It goes with the server.
 */
export async function makeServerDatabase(options?: { migrated?: boolean }): Promise<string | null> {
	const server = inject('postgres');
	return server && makeDatabase(server, options);
}

/** DATABASE_URL for a process that a test starts: an empty database of the server of this run, else the embedded one. */
export const freshDatabaseUrl = async () => (await makeServerDatabase()) ?? '';
