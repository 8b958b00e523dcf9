import { type ConstructorOptions, PgBoss, type Queue } from 'pg-boss';
import type { OpenDatabase } from '#server/db/connection.ts';
import { stumblesSaid } from './stumbles.ts';

/** How the jobs of each name are queued. A name that is not here has pg-boss's defaults. */
export const QUEUES: Record<string, Omit<Queue, 'name'>> = {
	renderPapersAgain: { policy: 'short', retryLimit: 5, retryBackoff: true },
	analysePapersAgain: { policy: 'short', retryLimit: 5, retryBackoff: true },
	/** One waits and one is done, over all processes: two would count the same. */
	countWords: { policy: 'stately', retryLimit: 5, retryBackoff: true },
	/** The same: two would find the same. */
	findSimilar: { policy: 'stately', retryLimit: 5, retryBackoff: true },
	/** The same: two would learn the same, in 0.3 GB each. */
	learnMeaning: { policy: 'stately', retryLimit: 2, retryBackoff: true },
	/** The same: two would ask for the same vectors. */
	embedPapers: { policy: 'stately', retryLimit: 5, retryBackoff: true },
	/**
	 * One at a time, over all processes. pg-boss gives up on a job after 15 minutes unless it is told otherwise; a worker that
	 * has died is noticed by its heart, within two minutes.
	 */
	makeBackup: {
		policy: 'exclusive',
		retryLimit: 5,
		retryDelay: 300,
		retryBackoff: true,
		expireInSeconds: 6 * 3_600,
		heartbeatSeconds: 60
	}
};

/**
 * Opens the queue, which is in the database, in the schema `job`. Of two processes that make the schema at once on a server,
 * one fails in pg_namespace although it has waited for the other's lock: it had looked before, and PostgreSQL remembers that
 * there was none. The schema is made by then, so it looks again, with another PgBoss: one that is started twice loses some
 * of its timers, which keep the process alive.
 */
export async function startQueue(
	executeSql: OpenDatabase['executeSql'],
	{ again = false, ...options }: { again?: boolean } & Pick<ConstructorOptions, 'schedule' | 'supervise'> = {}
): Promise<PgBoss> {
	const boss = new PgBoss({ db: { executeSql }, schema: 'job', ...options });
	boss.on('error', stumblesSaid());
	try {
		return await boss.start();
	} catch (fault) {
		await boss.stop({ graceful: false });
		if (again || (fault as { code?: string }).code !== '23505') throw fault;
		return startQueue(executeSql, { again: true, ...options });
	}
}
