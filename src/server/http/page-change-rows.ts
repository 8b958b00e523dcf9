import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** Its number, and what it was that changed. */
export type PageChange = [id: number, subject: string];

/** How far somebody has read. */
export interface Position {
	/** When the server was started: another time is another server, or this one with an older state. */
	server: string;
	/** Each transaction below this number was over. */
	horizon: string;
	/** The highest number of a row that could be seen; 0 where there was none. */
	last: string;
}

interface Found {
	position: Position;
	changes: PageChange[];
}

/**
 * What is to be read from a position on: what transactions at or above its horizon have changed, which were open then or
 * came later, and all rows with a higher number: after a crash, the numbers of transactions that left no trace are given
 * out again, below the horizon, but a row that was seen was written down with its number. With no position only where to begin.
 */
export async function readPageChanges(db: Db, from: Position | null): Promise<Found> {
	const { rows } = await sql<Found>`
		select json_build_object(
				'server', extract(epoch from pg_postmaster_start_time())::text,
				'horizon', pg_snapshot_xmin(pg_current_snapshot())::text,
				'last', coalesce((select max(id) from page_change), 0)::text
			) as position,
			coalesce(
				(select json_agg(json_build_array(id, subject)) from page_change
				where xact >= ${from?.horizon}::xid8 or id > ${from?.last}::bigint),
				'[]'
			) as changes`.execute(db);
	return rows[0]!;
}

/**
 * Whether nothing can have been missed between two positions. After a failover, or a recovery to an earlier moment, numbers
 * of transactions and of rows have both run back and may have overtaken the position unseen.
 */
export function isContinued(from: Position, to: Position) {
	return from.server === to.server && BigInt(from.horizon) <= BigInt(to.horizon);
}

/** Rows older than an hour: each process has read them, or forgets all that it kept. */
export async function removeOldPageChanges(db: Db) {
	await sql`delete from page_change where at < now() - interval '1 hour'`.execute(db);
}
