import { sql } from 'kysely';
import { atomically, type Db } from '#server/db/database.ts';
import { type FindablePaper, findablePapers } from './findable-papers.ts';
import { type PaperWords, paperWordsOf } from './paper-words.ts';
import { takeTurn } from './take-turn.ts';
import { unanalysedPapers } from './unanalysed.ts';
import { writeWords } from './write-words.ts';

/** Papers that are written in one transaction, in 10 to 20 ms. */
const BATCH = 20;
/** Milliseconds after which the job lets others by. */
const LONGEST = 60_000;

/**
 * Makes the words of the papers that have none, or an older analyser's: the newest papers first, a batch at a time, beside
 * readers and writers. Cut off anywhere, the next run finds what is left.
 */
export async function analysePapersAgain(db: Db, _payload?: unknown, signal?: AbortSignal): Promise<{ more: boolean }> {
	const end = performance.now() + LONGEST;
	for await (const ids of unanalysedPapers(db))
		for (let first = 0; first < ids.length; first += BATCH) {
			if (signal?.aborted || performance.now() > end) return { more: true };
			await writeIfAsRead(db, (await findablePapers(db, ids.slice(first, first + BATCH))).map(analysed));
		}
	return { more: false };
}

type Analysed = PaperWords & { paper_id: number; row_state: string };

export function analysed(paper: FindablePaper): Analysed {
	return { paper_id: paper.id, row_state: paper.row_state, ...paperWordsOf(paper) };
}

/** A paper that was written meanwhile is left for the next run, unless its words were written with it. */
export async function writeIfAsRead(db: Db, papers: readonly Analysed[]) {
	await atomically(db, async (tx) => {
		await takeTurn(tx);
		const ids = papers.map(({ paper_id }) => paper_id);
		const { rows } = await sql<{ id: number; row_state: string }>`
			select id, xmin::text as row_state from paper where id = any(${ids}::bigint[])`.execute(tx);
		const states = new Map(rows.map(({ id, row_state }) => [id, row_state]));
		await writeWords(
			tx,
			papers.filter(({ paper_id, row_state }) => states.get(paper_id) === row_state)
		);
	});
}
