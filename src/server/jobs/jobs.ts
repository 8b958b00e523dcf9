import type { Job, PgBoss } from 'pg-boss';
import { makeBackup } from '#server/backups/backups.jobs.ts';
import type { OpenDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { renderPapersAgain } from '#server/papers/papers.jobs.ts';
import { QUEUES, startQueue } from './queue.ts';
import { SCHEDULE } from './schedule.ts';

/** Every job, and what it is told: ids only. A job may run twice, and its second run does no harm. */
export interface Jobs {
	/** Renders the text of papers again that an older renderer made, a batch at a time. */
	renderPapersAgain: Record<string, never>;
	/** Makes the nightly backup, unless this night's is there. */
	makeBackup: Record<string, never>;
}

type JobName = keyof Jobs;

/** The signal tells a long job that its process is about to stop. */
type Verb<Payload> = (db: Db, payload: Payload, signal: AbortSignal) => Promise<{ more: boolean }>;

const WORK: { [Name in JobName]: Verb<Jobs[Name]> } = {
	renderPapersAgain,
	makeBackup
};

/** Seconds between two looks for a job. */
const LOOKS: Record<JobName, number> = { renderPapersAgain: 2, makeBackup: 10 };

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

async function takeWork(boss: PgBoss, { db, done }: { db: Db; done: Record<string, number> }) {
	for (const name of Object.keys(WORK) as JobName[]) {
		await boss.createQueue(name, QUEUES[name]);
		const options = { pollingIntervalSeconds: LOOKS[name] };
		await boss.work<Jobs[typeof name]>(name, options, async ([job]: Job<Jobs[typeof name]>[]) => {
			const { more } = await WORK[name](db, job!.data, job!.signal);
			done[name] = (done[name] ?? 0) + 1;
			if (more) await boss.send(name, {});
		});
	}
	for (const name of AT_START) await boss.send(name, {});
	for (const { job, cron } of SCHEDULE) {
		if (cron) await boss.schedule(job, cron, {}, { tz: 'UTC', missed: 'once' });
		else await boss.unschedule(job);
	}
}

/** Asked of the table itself: the queue's own statistics are a minute old. */
async function hasWork(executeSql: OpenDatabase['executeSql']) {
	const { rows } = await executeSql(`select 1 from job.job where state in ('created', 'retry', 'active') limit 1`);
	return rows.length > 0;
}
