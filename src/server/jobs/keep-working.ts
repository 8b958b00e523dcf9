import { setTimeout as pause } from 'node:timers/promises';
import type { OpenDatabase } from '#server/db/connection.ts';
import { faultOf, log } from '#server/log.ts';
import { Refused } from '#server/refused.ts';
import { workJobs } from './jobs.ts';

/** Milliseconds between two attempts to open the queue. */
const BETWEEN_ATTEMPTS = 5_000;

/**
 * Works the queue, and where it cannot be opened now, because the disk is full, the database away, or whatever else, tries
 * again until it can: pages are served without it. It never throws.
 */
export async function keepWorkingJobs(database: OpenDatabase, betweenAttempts = BETWEEN_ATTEMPTS) {
	const stopping = new AbortController();
	const first = await attempt(database);
	const working = first ? Promise.resolve(first) : attemptUntilOpen();
	return {
		/** Whether the first attempt opened the queue. */
		isOpen: first !== null,
		stop: async () => {
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

/** Null where it did not work now, whyever: what is wrong with the queue is no reason to serve no pages. */
async function attempt(database: OpenDatabase) {
	try {
		return await workJobs(database);
	} catch (fault) {
		const isRefused = fault instanceof Refused && fault.reason === 'unavailable';
		if (isRefused) log('warn', 'The queue is not worked yet', { reason: fault.message });
		else log('error', 'The queue is not worked yet', faultOf(fault));
		return null;
	}
}
