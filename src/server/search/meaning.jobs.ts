import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { corpusFor } from './corpus.ts';
import { MOST_PAPERS } from './meaning/learn.ts';
import { keepMeaning, latestMeaning } from './meaning/stored-meaning.ts';
import type { StoredVectors } from './meaning/word-vectors.ts';

/** Fewer papers say too little of how words are used. */
const FEWEST_PAPERS = 500;
/** Learned anew when there are so many times as many papers. */
const GROWTH = 1.25;
/** Papers that are read in one statement: 10 ms. */
const BATCH = 500;

/**
 * Learns from the papers' own words which of them mean alike, in a thread of its own: 20,000 papers take 10 s and 0.3 GB, which
 * are given back. Nothing is written before all is learned, so that a run that was cut off only begins again.
 */
export async function learnMeaning(db: Db, _payload?: unknown, signal?: AbortSignal): Promise<{ more: boolean }> {
	const papers = await papersToLearnFrom(db);
	if (papers === null) return { more: false };
	const words = await sampleOf(db, papers, signal);
	const vectors = await learnedApart(words, signal);
	if (vectors) await keepMeaning(db, { vectors, papers, now: new Date() });
	return { more: false };
}

/** Whether there are so many papers, or so many more, that it is worth while. */
export async function isMeaningToLearn(db: Db): Promise<boolean> {
	return (await papersToLearnFrom(db)) !== null;
}

/** How many papers there are, where something is to be learned of them. */
async function papersToLearnFrom(db: Db) {
	const [{ papers }, latest] = await Promise.all([corpusFor(db, []), latestMeaning(db)]);
	return papers >= FEWEST_PAPERS && papers > (latest?.papers ?? 0) * GROWTH ? papers : null;
}

/** The words of papers that are evenly spread, at most `MOST_PAPERS`. */
async function sampleOf(db: Db, papers: number, signal?: AbortSignal): Promise<string[]> {
	const step = Math.ceil(papers / MOST_PAPERS);
	const sample: string[] = [];
	for (let last = 0; !signal?.aborted;) {
		const { rows } = await sql<{ id: number; words: string | null }>`
			select paper_id as id, case when paper_id % ${step} = 0 then words end as words
			from paper_words where paper_id > ${last} order by paper_id limit ${BATCH * step}`.execute(db);
		if (rows.length === 0) break;
		for (const { words } of rows) if (words !== null) sample.push(words);
		last = rows.at(-1)!.id;
		// Readers go first.
		await pause(20);
	}
	return sample.slice(0, MOST_PAPERS);
}

/** Null where it was told to stop. */
async function learnedApart(words: readonly string[], signal?: AbortSignal): Promise<StoredVectors | null> {
	if (signal?.aborted) return null;
	const worker = new Worker(new URL('meaning/learning-thread.ts', import.meta.url), { workerData: words });
	try {
		return await new Promise((resolve, reject) => {
			worker.once('message', resolve);
			worker.once('error', reject);
			worker.once('exit', () => reject(new Error('The thread that learns ended before it had.')));
			signal?.addEventListener('abort', () => resolve(null), { once: true });
		});
	} finally {
		await worker.terminate();
	}
}
