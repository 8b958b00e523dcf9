import { setTimeout as pause } from 'node:timers/promises';
import type { Job, PgBoss } from 'pg-boss';
import { makeBackup } from '#server/backups/backups.jobs.ts';
import { config } from '#server/config.ts';
import type { OpenDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { renderPapersAgain } from '#server/papers/papers.jobs.ts';
import { areWordsToCount, countWords } from '#server/papers/word-counts.jobs.ts';
import { analysePapersAgain } from '#server/papers/words.jobs.ts';
import { arePapersToEmbed, embedPapers } from '#server/search/embeddings/embeddings.jobs.ts';
import { areSimilarToFind, findSimilar } from '#server/search/similar.jobs.ts';
import { isMeaningToLearn, learnMeaning } from '#server/search/meaning.jobs.ts';
import { lookRegularly } from './looks.ts';
import { QUEUES, startQueue } from './queue.ts';
import { SCHEDULE } from './schedule.ts';
import { stumblesSaid } from './stumbles.ts';

/** Every job, and what it is told: ids only. A job may run twice, and its second run does no harm. */
export interface Jobs {
	/** Renders the text of papers again that an older renderer made, a batch at a time. */
	renderPapersAgain: Record<string, never>;
	/** Makes the words of papers by which search finds them, where they have none or an older analyser's. */
	analysePapersAgain: Record<string, never>;
	/** Counts how many papers have each word and each name, behind the papers. */
	countWords: Record<string, never>;
	/** Finds the papers similar to each, which its page shows. */
	findSimilar: Record<string, never>;
	/** Learns from the papers' words which of them mean alike, when there are many more papers. */
	learnMeaning: Record<string, never>;
	/** Asks the embedding endpoint, where one is set, for the vectors that papers lack. */
	embedPapers: Record<string, never>;
	/** Makes the nightly backup, unless this night's is there. */
	makeBackup: Record<string, never>;
}

type JobName = keyof Jobs;

/** The signal tells a long job that its process is about to stop. */
type Verb<Payload> = (db: Db, payload: Payload, signal: AbortSignal) => Promise<{ more: boolean }>;

type Work = { [Name in JobName]: Verb<Jobs[Name]> };

const WORK: Work = {
	renderPapersAgain,
	analysePapersAgain,
	countWords,
	findSimilar,
	learnMeaning,
	embedPapers,
	makeBackup
};

/** Seconds between two looks for a job. */
const LOOKS: Record<JobName, number> = {
	renderPapersAgain: 2,
	analysePapersAgain: 2,
	countWords: 2,
	findSimilar: 2,
	learnMeaning: 10,
	embedPapers: 10,
	makeBackup: 10
};

/** Milliseconds that a job at hand may take to end. */
const LONGEST_STOP = 8_000;

/** When jobs are enqueued without anybody asking: each start of a worker. */
const AT_START: JobName[] = [
	'renderPapersAgain',
	'analysePapersAgain',
	'countWords',
	'learnMeaning',
	...(config.embeddings ? (['embedPapers'] as const) : [])
];

/**
 * What is enqueued when another is wholly done: words are counted up to the first paper that has none yet, and what is similar
 * is found when all are counted.
 */
const AFTER: Partial<Record<JobName, JobName>> = { analysePapersAgain: 'countWords', countWords: 'findSimilar' };

/** Takes hours on a large site, and nothing is wrong meanwhile: whoever waits until the queue is empty does not wait for these. */
const UNAWAITED: JobName[] = ['findSimilar'];

/**
 * What is enqueued when there is something to do for it, whoever made it so. To ask costs a few looks into indexes, once a
 * minute; a job of the clock would be written, done and removed each time, on a site where nothing happens.
 */
const WHEN_DUE: Partial<Record<JobName, (db: Db) => Promise<boolean>>> = {
	countWords: areWordsToCount,
	learnMeaning: isMeaningToLearn,
	findSimilar: areSimilarToFind,
	embedPapers: arePapersToEmbed
};

/** Milliseconds between two such questions. */
const BETWEEN_LOOKS = 60_000;

/** Works the queue in this process until told to stop. The queue is in the database, in the schema `job`. */
export async function workJobs({ db, executeSql }: OpenDatabase, work: Work = WORK) {
	const atHand = counter();
	const boss = await startQueue((text, values) => atHand.during(executeSql(text, values)));
	const done: Record<string, number> = {};
	const stopping = new AbortController();
	const run = async (name: JobName, job: Job<Jobs[JobName]>) => {
		const { more } = await work[name](db, job.data, AbortSignal.any([job.signal, stopping.signal]));
		done[name] = (done[name] ?? 0) + 1;
		const next = more ? name : AFTER[name];
		if (next) await boss.send(next, {});
	};
	const enqueueDue = async () => {
		for (const [name, isDue] of Object.entries(WHEN_DUE)) if (await isDue(db)) await boss.send(name, {});
	};
	try {
		await takeWork(boss, (name, job) => atHand.during(run(name, job)));
	} catch (fault) {
		await boss.stop({ graceful: false });
		throw fault;
	}
	const looks = lookRegularly(() => atHand.during(enqueueDue()), { every: BETWEEN_LOOKS, onFault: stumblesSaid() });
	return {
		/** How many jobs of each name this process has done. */
		done: () => done,
		/** Until nothing is left that could begin now, and nothing that this process has begun. */
		untilEmpty: async () => {
			// A job that has just been fetched is in neither place, so the queue's own statements count too.
			while ((await couldBegin(executeSql)) || atHand.isAny()) await pause(200);
		},
		/** Tells long jobs to end at once, so that they go back, and finishes the others; what is left stays in the queue. */
		stop: async () => {
			stopping.abort();
			await looks.stop();
			return boss.stop({ graceful: true, timeout: LONGEST_STOP });
		}
	};
}

async function takeWork(boss: PgBoss, run: (name: JobName, job: Job<Jobs[JobName]>) => Promise<void>) {
	for (const name of Object.keys(WORK) as JobName[]) {
		await boss.createQueue(name, QUEUES[name]);
		const options = { pollingIntervalSeconds: LOOKS[name] };
		await boss.work<Jobs[typeof name]>(name, options, ([job]: Job<Jobs[typeof name]>[]) => run(name, job!));
	}
	for (const name of AT_START) await boss.send(name, {});
	for (const { job, cron } of SCHEDULE) {
		if (cron) await boss.schedule(job, cron, {}, { tz: 'UTC', missed: 'once' });
		else await boss.unschedule(job);
	}
}

/**
 * Asked of the table itself: the queue's own statistics are a minute old. What is tried again later, or is done by another
 * process, may take hours.
 */
async function couldBegin(executeSql: OpenDatabase['executeSql']) {
	const { rows } = await executeSql(
		`select 1 from job.job where state in ('created', 'retry') and start_after <= now() and name = any($1) limit 1`,
		[(Object.keys(WORK) as JobName[]).filter((name) => !UNAWAITED.includes(name))]
	);
	return rows.length > 0;
}

/** How much is going on. */
function counter() {
	let count = 0;
	return {
		isAny: () => count > 0,
		during<T>(work: Promise<T>): Promise<T> {
			count += 1;
			return work.finally(() => (count -= 1));
		}
	};
}
