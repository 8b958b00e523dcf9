import { setTimeout as pause } from 'node:timers/promises';
import type { OpenDatabase } from '#server/db/connection.ts';
import { log } from '#server/log.ts';
import { Refused } from '#server/refused.ts';
import { workJobs } from './jobs.ts';

/** Milliseconds between two attempts to open the queue. */
const BETWEEN_ATTEMPTS = 5_000;

/**
 * Works the queue, and where it cannot be opened now, because the disk is full or the database away, tries again until it
 * can: pages are served without it.
 */
export async function keepWorkingJobs(database: OpenDatabase, betweenAttempts = BETWEEN_ATTEMPTS) {
	const stopping = new AbortController();
	const first = await attempt(database);
	const working = first ? Promise.resolve(first) : attemptUntilOpen();
	return {
		async stop() {
			stopping.abort();
			await (await working)?.stop();
		}
	};

	async function attemptUntilOpen() {
		while (!stopping.signal.aborted) {
			await pause(betweenAttempts, undefined, { signal: stopping.signal }).catch(() => {});
			const jobs = !stopping.signal.aborted && (await attempt(database));
			if (jobs) return jobs;
		}
		return null;
	}
}

/** Null where the database would not have it now. */
async function attempt(database: OpenDatabase) {
	try {
		return await workJobs(database);
	} catch (fault) {
		if (!(fault instanceof Refused) || fault.reason !== 'unavailable') throw fault;
		log('warn', 'The queue is not worked yet', { reason: fault.message });
		return null;
	}
}
