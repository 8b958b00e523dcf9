import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** Its number, and what it was that changed. */
export type PageChange = [id: number, subject: string];

interface Found {
	/** Each transaction below this number was over when this was read. */
	horizon: string;
	changes: PageChange[];
}

/**
 * What transactions at or above the horizon have changed: those that were open at the last look, or came later. With no
 * horizon only where to begin.
 */
export async function readPageChanges(db: Db, horizon: string | null): Promise<Found> {
	const { rows } = await sql<Found>`
		select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
			coalesce(
				(select json_agg(json_build_array(id, subject)) from page_change where xact >= ${horizon}::xid8),
				'[]'
			) as changes`.execute(db);
	return rows[0]!;
}

/** Rows older than an hour: each process has read them, or has forgotten all that it kept. */
export async function removeOldPageChanges(db: Db) {
	await sql`delete from page_change where at < now() - interval '1 hour'`.execute(db);
}
