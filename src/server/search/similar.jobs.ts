import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '#server/db/database.ts';
import { areWordsToCount } from '#server/papers/word-counts.jobs.ts';
import { keepSimilar } from './similar/kept.ts';
import { arePapersToFind, papersToFind } from './similar/papers-to-find.ts';

/** Milliseconds after which the job lets others by. */
const LONGEST = 5_000;

/**
 * Finds what is similar to each paper, for its page: the newest first, one at a time, and between two the readers have four
 * times the time that one took. What is near is told by how rare words are, so it begins when all words are counted.
 */
export async function findSimilar(db: Db, _payload?: unknown, signal?: AbortSignal): Promise<{ more: boolean }> {
	if (await areWordsToCount(db)) return { more: false };
	const end = performance.now() + LONGEST;
	for await (const ids of papersToFind(db))
		for (const id of ids) {
			if (signal?.aborted || performance.now() > end) return { more: true };
			const began = performance.now();
			await keepSimilar(db, id);
			await pause(4 * (performance.now() - began));
		}
	return { more: false };
}

/** Whether words are counted, and papers lack what is similar to them. */
export async function areSimilarToFind(db: Db): Promise<boolean> {
	return !(await areWordsToCount(db)) && (await arePapersToFind(db));
}
