import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/server/db/connection.ts';
import { migrate } from '../../src/server/db/migrate.ts';
import pg from 'pg';
import { addressOf, type TestServer } from './make-database.ts';
import type { Locale } from './cluster.ts';
import { type PostgresServer, startPostgres } from './server.ts';

const TEMPLATE = 'broadsheet_template';

/** Vitest evaluates this once a project, one after the other; the projects share one server. */
const kept = globalThis as { broadsheetServer?: { started: Promise<PostgresServer>; users: number } };

/** Starts the server of `bin/test --postgres`, and tells the tests where it is: null where they run on the embedded database. */
export async function setup(project: TestProject) {
	if (!process.env.TEST_POSTGRES) return project.provide('postgres', null);
	const server = (kept.broadsheetServer ??= { started: start(), users: 0 });
	server.users += 1;
	const { address } = await server.started;
	project.provide('postgres', { address, template: TEMPLATE } satisfies TestServer);
}

export async function teardown() {
	const server = kept.broadsheetServer;
	if (!server) return;
	server.users -= 1;
	if (server.users === 0) await (await server.started).stop();
}

async function start() {
	const server = await startPostgres({ locale: process.env.TEST_POSTGRES_LOCALE as Locale | undefined });
	await makeTemplate(server.address);
	return server;
}

/** A migrated database, which is copied for each worker. */
async function makeTemplate(address: string) {
	const client = new pg.Client({ connectionString: address });
	await client.connect();
	await client.query(`create database ${TEMPLATE}`);
	await client.end();
	const { db, close } = await openDatabase({ dataFolder: '', databaseUrl: addressOf(address, TEMPLATE) });
	await migrate(db);
	await close();
}
