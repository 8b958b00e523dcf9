import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** The jobs of one name that are not done. */
export interface JobCount {
	name: string;
	/** Could begin now. */
	waiting: number;
	/** Is to begin later, for the first time or once more. */
	later: number;
	active: number;
	/** Failed for good; the queue keeps them for days. */
	failed: number;
	/** Seconds for which the first of those that could begin has waited. */
	longest_wait: number | null;
	last_failed_at: Date | null;
}

/** Jobs that are looked at, at most. */
const LOOKED_AT = 20_000;

/** What the queue holds, from its own index of the jobs that are not done. Empty where no queue has been made yet. */
export async function queueFigures(db: Db): Promise<JobCount[]> {
	const made = await sql<{ made: boolean }>`select to_regclass('job.job') is not null as made`.execute(db);
	if (!made.rows[0]!.made) return [];
	const { rows } = await sql<JobCount>`
		select name,
			count(*) filter (where due <= now()) as waiting,
			count(*) filter (where due > now()) as later,
			count(*) filter (where state = 'active') as active,
			count(*) filter (where state = 'failed') as failed,
			extract(epoch from now() - min(due) filter (where due <= now()))::float8 as longest_wait,
			max(completed_on) filter (where state = 'failed') as last_failed_at
		from (
			select name, state, completed_on,
				case when state in ('created', 'retry') then greatest(created_on, start_after) end as due
			from job.job where state in ('created', 'retry', 'active', 'failed') and name not like '\\_\\_pgboss%' limit ${LOOKED_AT}
		) open group by name order by name`.execute(db);
	return rows;
}
