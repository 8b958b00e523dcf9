import { PgBoss, type Job } from 'pg-boss';
import type { OpenDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { faultOf, log } from '#server/log.ts';
import { renderPapersAgain } from '#server/papers/papers.jobs.ts';

/** Every job, and what it is told: ids only. A job may run twice, and its second run does no harm. */
export interface Jobs {
	/** Renders the text of papers again that an older renderer made, a batch at a time. */
	renderPapersAgain: Record<string, never>;
}

type JobName = keyof Jobs;

const WORK: { [Name in JobName]: (db: Db, payload: Jobs[Name]) => Promise<{ more: boolean }> } = {
	renderPapersAgain
};

/** When jobs are enqueued without anybody asking: each start of a worker. */
const AT_START: JobName[] = ['renderPapersAgain'];

/** Works the queue in this process until told to stop. The queue is in the database, in the schema `job`. */
export async function workJobs({ db, executeSql }: OpenDatabase) {
	const boss = await startQueue(executeSql);
	const done: Record<string, number> = {};
	try {
		await takeWork(boss, { db, done });
	} catch (fault) {
		await boss.stop({ graceful: false });
		throw fault;
	}
	return {
		/** How many jobs of each name this process has done. */
		done: () => done,
		async untilEmpty() {
			while (await hasWork(executeSql)) await new Promise((resolve) => setTimeout(resolve, 200));
		},
		/** Finishes the jobs at hand; what is left stays in the queue. */
		stop: () => boss.stop({ graceful: true, timeout: 8_000 })
	};
}

/**
 * Of two processes that make the schema at once on a server, one fails in pg_namespace although it has waited for the
 * other's lock: it had looked before, and PostgreSQL remembers that there was none. The schema is made by then, so it looks
 * again, with another PgBoss: one that is started twice loses some of its timers, which keep the process alive.
 */
async function startQueue(executeSql: OpenDatabase['executeSql'], { again = false } = {}): Promise<PgBoss> {
	const boss = new PgBoss({ db: { executeSql }, schema: 'job' });
	boss.on('error', (error) => log('warn', 'The queue stumbled', faultOf(error)));
	try {
		return await boss.start();
	} catch (fault) {
		await boss.stop({ graceful: false });
		if (again || (fault as { code?: string }).code !== '23505') throw fault;
		return startQueue(executeSql, { again: true });
	}
}

async function takeWork(boss: PgBoss, { db, done }: { db: Db; done: Record<string, number> }) {
	for (const name of Object.keys(WORK) as JobName[]) {
		await boss.createQueue(name, { policy: 'short', retryLimit: 5, retryBackoff: true });
		await boss.work<Jobs[typeof name]>(name, { pollingIntervalSeconds: 2 }, async ([job]: Job<Jobs[typeof name]>[]) => {
			const { more } = await WORK[name](db, job!.data);
			done[name] = (done[name] ?? 0) + 1;
			if (more) await boss.send(name, {});
		});
	}
	for (const name of AT_START) await boss.send(name, {});
}

/** Asked of the table itself: the queue's own statistics are a minute old. */
async function hasWork(executeSql: OpenDatabase['executeSql']) {
	const { rows } = await executeSql(`select 1 from job.job where state in ('created', 'retry', 'active') limit 1`);
	return rows.length > 0;
}
