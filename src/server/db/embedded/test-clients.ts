import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type MigratedInMemory, startMigrated } from '../migrated-in-memory.ts';
import type { Limits } from './turns.ts';

/** The first packet of a client: protocol 3.0, user ada. */
export const hello = Buffer.from('\0\0\0\x12\0\x03\0\0user\0ada\0\0', 'latin1');

/** A database with a table `counter (id, n)` for the tests of one file, and clients of it that are ended after each test. */
export function useClients(limits?: Limits) {
	let database: MigratedInMemory;
	let pool: pg.Pool;
	const opened: { end(): unknown }[] = [];

	beforeAll(async () => {
		database = await startMigrated(limits);
		pool = database.pool({ max: 16 });
		await pool.query('create table counter (id int primary key, n int not null)');
	});

	afterEach(async () => {
		await Promise.all(opened.splice(0).map((one) => one.end()));
		await pool.query('truncate counter');
	});

	afterAll(async () => {
		await pool.end();
		await database.close();
	});

	async function client() {
		const made = new pg.Client({ host: database.socketFolder, user: 'postgres' });
		made.on('error', () => {});
		await made.connect();
		opened.push(made);
		return made;
	}

	/** A client that speaks in bytes and has said nothing yet. */
	async function raw() {
		const socket = connect(`${database.socketFolder}/.s.PGSQL.5432`);
		opened.push({ end: () => socket.destroy() });
		socket.on('error', () => {});
		await once(socket, 'connect');
		return socket;
	}

	/** A client that speaks in bytes and was welcomed. */
	async function started() {
		const socket = await raw();
		socket.write(hello);
		await once(socket, 'data');
		return socket;
	}

	return {
		client,
		raw,
		started,
		pool: () => pool,
		counted: async () => (await pool.query<{ n: number }>('select n from counter order by id')).rows.map(({ n }) => n),
		socketFolder: () => database.socketFolder,
		/** To be ended after the test. */
		ends: <T extends { end(): unknown }>(one: T) => {
			opened.push(one);
			return one;
		}
	};
}

export const streamOf = (one: pg.Client) => (one as unknown as { connection: { stream: Socket } }).connection.stream;
