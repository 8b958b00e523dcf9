import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { log } from '../log.ts';
import { isOutage, unavailable } from './outages.ts';

/** After an outage connecting is tried for this long, at growing distances. */
const patience = 10_000;
const pauses = [10, 25, 50, 100, 250, 500];

interface ReconnectingOptions {
	pool: pg.Pool;
	/** Called before each attempt to connect: starts the embedded database if it does not run. */
	ensure: () => Promise<unknown>;
}

/**
 * The pool as Kysely sees it. The database may end at any moment (its process is killed, the watchdog ends a query, the
 * server restarts): connecting waits for the next one, what opens a transaction or reads outside of one is asked once more,
 * and a write whose fate is not known is refused as unavailable.
 */
export function reconnecting({ pool, ensure }: ReconnectingOptions): PostgresPool {
	/** A client has no listener while it is lent out, and an 'error' without a listener ends the process. */
	pool.on('connect', (client) => client.on('error', () => {}));
	pool.on('error', (fault) => log('warn', 'database connection lost', { fault: fault.message }));
	return {
		options: pool.options,
		end: () => pool.end(),
		connect: async () => lend(await connect())
	};

	async function connect() {
		const deadline = performance.now() + patience;
		for (let attempt = 0; ; attempt += 1) {
			try {
				return await connectOnce();
			} catch (fault) {
				if (!isOutage(fault) || performance.now() > deadline) throw fault;
				await pause(pauses[Math.min(attempt, pauses.length - 1)]);
			}
		}
	}

	/** The pool's idle connections are tried first, so a running database costs no extra round. */
	async function connectOnce() {
		if (pool.idleCount === 0) await ensure();
		return pool.connect();
	}

	/** One connection as its borrower sees it; the connection behind it may change between two transactions. */
	function lend(first: pg.PoolClient) {
		let client = first;
		let inTransaction = false;
		const query = async (text: string, values: unknown[]) => {
			const begins = /^(begin|start transaction)/i.test(text);
			try {
				return await client.query(text, values);
			} catch (fault) {
				if (!isOutage(fault)) throw fault;
				if (inTransaction || !(begins || isRead(text) || wasNotSent(fault)))
					throw unavailable('The database was interrupted; try again.');
				client.release(fault);
				client = await connect();
				return await client.query(text, values);
			} finally {
				inTransaction = begins || (inTransaction && !/^(commit|rollback)$/i.test(text));
			}
		};
		const release = (discard?: boolean) => client.release(discard);
		return { query, release } as unknown as PostgresPoolClient;
	}
}

/** `pg` says this of a connection that it knew to be lost. */
const wasNotSent = (fault: Error) => /not queryable/.test(fault.message);

/** Whether asking twice does no harm. A function that writes may hide in a select; the product's selects call none. */
export function isRead(text: string) {
	return /^\s*(select|with)\b/i.test(text) && !/\b(insert|update|delete|merge)\b/i.test(text);
}
