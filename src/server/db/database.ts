import { type Kysely, sql } from 'kysely';
import type { DB } from './schema.ts';

/** The database, or a transaction in it: whoever takes a `Db` can be called in either. */
export type Db = Kysely<DB>;

let savepoints = 0;

/**
 * Does the work wholly or not at all: in a transaction, or within the transaction that `db` already is, as a savepoint.
 * Savepoints nest and do not overlap, so two `atomically` on the same transaction run one after the other, not in
 * `Promise.all`.
 */
export async function atomically<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
	if (!db.isTransaction) return db.transaction().execute(work);
	const savepoint = sql.id(`atomically_${(savepoints += 1)}`);
	await sql`savepoint ${savepoint}`.execute(db);
	try {
		const result = await work(db);
		await sql`release savepoint ${savepoint}`.execute(db);
		return result;
	} catch (fault) {
		await sql`rollback to savepoint ${savepoint}`.execute(db);
		throw fault;
	}
}
