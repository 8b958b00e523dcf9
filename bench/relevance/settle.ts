import type { Db } from '#server/db/database.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { learnMeaning } from '#server/search/meaning.jobs.ts';

type Job = (db: Db, payload: Record<string, never>, signal: AbortSignal) => Promise<{ more: boolean }>;

/** What the queue does behind new papers for searches. */
const JOBS: Job[] = [countWords, learnMeaning];

/** Does what a worker would do behind new papers, until nothing is left. */
export async function settle(db: Db) {
	const { signal } = new AbortController();
	for (const job of JOBS) while ((await job(db, {}, signal)).more);
}
