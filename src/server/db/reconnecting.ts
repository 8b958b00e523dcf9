import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { log } from '../log.ts';
import { fullRefusalOf, isOutage, unavailable } from './outages.ts';

/** Milliseconds between two attempts to connect. */
const pauses = [10, 25, 50, 100, 250, 500];
/**
 * Milliseconds after which a statement whose connection was lost is not asked again: it may be the one that the watchdog
 * ended, after 20 s, and would stop everybody once more. Who waited behind it for less is served by the next process.
 */
const longestRepeated = 5_000;

interface ReconnectingOptions {
	pool: pg.Pool;
	/** Called after an attempt to connect has failed: starts the embedded database if it does not run. */
	ensure: () => Promise<unknown>;
	/** After an outage connecting is tried for this many milliseconds. */
	patience: number;
	/** See `longestRepeated`. */
	repeatedWithin?: number;
}

/**
 * The pool as Kysely sees it. The database may end at any moment (its process is killed, the watchdog ends a query, the
 * server restarts): connecting waits for the next one, what opens a transaction or reads outside of one is asked once more,
 * and a write whose fate is not known is refused as unavailable, as is everything while there is no database.
 */
export function reconnecting({
	pool,
	ensure,
	patience,
	repeatedWithin = longestRepeated
}: ReconnectingOptions): PostgresPool {
	const madeAt = new WeakMap<pg.PoolClient, number>();
	/** A client has no listener while it is lent out, and an 'error' without a listener ends the process. */
	pool.on('connect', (client) => {
		client.on('error', () => {});
		madeAt.set(client, performance.now());
	});
	pool.on('error', (fault) => log('warn', 'database connection lost', { fault: fault.message }));
	return {
		options: pool.options,
		end: () => pool.end(),
		connect: async () => lend(await connect())
	};

	async function connect() {
		const deadline = performance.now() + patience;
		for (let attempt = 0; ; attempt += 1) {
			// Decided before, so that a start that took long is followed by an attempt.
			const isLast = performance.now() > deadline;
			try {
				return await pool.connect();
			} catch (fault) {
				if (!isOutage(fault)) throw fault;
				if (isLast) throw silent();
				await ensure();
				await pause(pauses[Math.min(attempt, pauses.length - 1)]);
			}
		}
	}

	/** One connection as its borrower sees it; the connection behind it may change between two transactions. */
	function lend(first: pg.PoolClient) {
		let client = first;
		let held = true;
		let inTransaction = false;
		const query = async (text: string, values: unknown[]) => {
			const begins = opensTransaction(text);
			const began = performance.now();
			try {
				return await client.query(text, values);
			} catch (fault) {
				if (!isOutage(fault)) throw fullRefusalOf(fault) ?? fault;
				const harmless = begins || (isRead(text) && performance.now() - began < repeatedWithin) || wasNotDone(fault);
				if (inTransaction || !harmless) throw unavailable('The database was interrupted; try again.');
				await exchange(fault);
				return await client.query(text, values).catch(refuseOutage);
			} finally {
				inTransaction = begins || (inTransaction && !endsTransaction(text));
			}
		};
		/**
		 * For one that was made after the loss: what has ended one has ended the others, which the pool may not have heard
		 * yet. When none can be had, there is nothing left for the borrower to release.
		 */
		const exchange = async (fault: Error) => {
			const lostAt = performance.now();
			held = false;
			do {
				client.release(fault);
				client = await connect();
			} while (madeAt.get(client)! < lostAt);
			held = true;
		};
		const release = (discard?: boolean) => {
			if (held) client.release(discard);
		};
		return { query, release } as unknown as PostgresPoolClient;
	}
}

const silent = () => unavailable('The database does not answer; try again in a minute.');

function refuseOutage(fault: unknown): never {
	throw isOutage(fault) ? silent() : fault;
}

/** `pg` says the first of a connection that it knew to be lost; 57P03 is a server that restarts and has not begun it. */
const wasNotDone = (fault: Error) =>
	/not queryable/.test(fault.message) || (fault as { code?: string }).code === '57P03';

/** Whether a text opens a transaction that stays open. One of several statements, as the queue sends them, is over with its answer. */
export const opensTransaction = (text: string) => /^(begin|start transaction)[^;]*$/i.test(text);

export const endsTransaction = (text: string) => /^(commit|rollback)$/i.test(text);

/** Whether asking twice does no harm. A function that writes may hide in a select; the product's selects call none. */
export function isRead(text: string) {
	return /^\s*(select|with)\b/i.test(text) && !/\b(insert|update|delete|merge)\b/i.test(text);
}
