import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { endsTransaction, isRead, opensTransaction } from './reconnecting.ts';

let writes = 0;

/** How often this process may have changed the database so far: who compares it knows whether to look again. */
export function ownWrites() {
	return writes;
}

/**
 * A pool that counts what may have changed something, when it is over: each statement that is no read, and each transaction
 * that held one. Also what failed counts, since its fate may be unknown. Every connection goes through here, so no verb can
 * forget to say that it wrote.
 */
export function countingWrites(pool: PostgresPool): PostgresPool {
	return { ...pool, options: pool.options, end: () => pool.end(), connect: async () => counting(await pool.connect()) };
}

function counting(client: PostgresPoolClient): PostgresPoolClient {
	let inTransaction = false;
	let wrote = false;
	const query = async (text: string, values: unknown[]) => {
		const begins = opensTransaction(text);
		const ends = endsTransaction(text);
		inTransaction ||= begins;
		wrote ||= !begins && !ends && !isRead(text);
		try {
			return await client.query<never>(text, values);
		} finally {
			if (ends || !inTransaction) {
				if (wrote) writes += 1;
				inTransaction = wrote = false;
			}
		}
	};
	return { query, release: (discard?: boolean) => client.release(discard as never) } as unknown as PostgresPoolClient;
}
