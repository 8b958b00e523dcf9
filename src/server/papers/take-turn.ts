import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** The number of our lock among those of pg_advisory_xact_lock: the letters of "pap". */
const papersLock = 0x706170;

/** Lets one transaction at a time write papers, or count their words. */
export async function takeTurn(tx: Db) {
	await sql`select pg_advisory_xact_lock(${sql.lit(papersLock)})`.execute(tx);
}
