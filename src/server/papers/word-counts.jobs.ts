import { setImmediate, setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { atomically, type Db } from '#server/db/database.ts';
import { WORDS_VERSION } from '#server/text/words.ts';
import { takeTurn } from './take-turn.ts';
import { addCounts, addPaper, type Count, inOrder, type Sums } from './word-counts.ts';
import { noteWordProgress, wordProgress } from './word-progress.ts';

/** Papers that are counted together: the words that many of them share are then written once. */
const BATCH = 2_000;
/** Papers whose words are read at once. */
const READ = 100;
/** Words and names that are written in one transaction. */
const WRITTEN = 400;
/** Milliseconds after which the job lets others by. */
const LONGEST = 60_000;

/**
 * Counts how many papers have each word and each name, behind the papers and in their order, up to the first whose words are
 * yet to be made. A batch that was cut off goes on where it was; a paper that changes at that moment may be counted as it is
 * and as it was. Between two transactions others have as much time as each took.
 */
export async function countWords(db: Db, _payload?: unknown, signal?: AbortSignal): Promise<{ more: boolean }> {
	const end = performance.now() + LONGEST;
	await beginAnew(db);
	for (;;) {
		const batch = await nextBatch(db);
		if (!batch) return { more: false };
		const isCounted = await countBatch(db, batch, signal);
		if (!isCounted || performance.now() > end) return { more: isCounted || signal?.aborted === true };
	}
}

/** Whether there are papers that are not counted yet. */
export async function areWordsToCount(db: Db): Promise<boolean> {
	const [last, { counted }] = await Promise.all([
		db.selectFrom('paper_words').select('paper_id').orderBy('paper_id', 'desc').limit(1).executeTakeFirst(),
		wordProgress(db)
	]);
	return last !== undefined && last.paper_id > counted;
}

/** What an older analyser counted is of no use. */
async function beginAnew(db: Db) {
	if ((await wordProgress(db)).analyser === WORDS_VERSION) return;
	await atomically(db, async (tx) => {
		await takeTurn(tx);
		await sql`truncate word, known_name`.execute(tx);
		await noteWordProgress(tx, { analyser: WORDS_VERSION, counted: 0, counting: 0, done: 0 });
	});
}

interface Batch {
	/** The last of its papers. */
	to: number;
	counts: Count[];
	/** How many of them have been taken into account. */
	done: number;
}

/** The batch that was cut off, else one that is begun; null when all papers are counted, or the next has no words yet. */
async function nextBatch(db: Db): Promise<Batch | null> {
	const { counted, counting, done } = await wordProgress(db);
	const isOpen = counting > counted;
	const { sums, last } = await sumsAfter(db, { after: counted, to: isOpen ? counting : null });
	const to = isOpen ? counting : last;
	if (to === counted) return null;
	if (!isOpen) await noteWordProgress(db, { counting: to });
	return { to, counts: inOrder(sums), done };
}

/** Of one batch, or up to a paper. The event loop gets a turn between two parts: whoever counts may serve pages too. */
async function sumsAfter(db: Db, { after, to }: { after: number; to: number | null }) {
	const sums: Sums = new Map();
	let [last, papers] = [after, 0];
	for (;;) {
		const read = await analysedAfter(db, { after: last, to });
		for (const paper of read) addPaper(sums, paper);
		last = read.at(-1)?.id ?? last;
		papers += read.length;
		if (read.length < READ || (to === null && papers >= BATCH)) return { sums, last };
		await setImmediate();
	}
}

interface Paper {
	id: number;
	words: string;
	authors: string[];
}

/** The next papers, as far as their words are made. */
async function analysedAfter(db: Db, { after, to }: { after: number; to: number | null }): Promise<Paper[]> {
	const { rows } = await sql<Paper | { id: number; words: null }>`
		select id, words, array(select name from paper_author where paper_id = id order by position) as authors
		from paper left join paper_words on paper_id = id and analyser = ${WORDS_VERSION}
		where id > ${after} and (${to}::bigint is null or id <= ${to}) order by id limit ${READ}`.execute(db);
	const end = rows.findIndex(({ words }) => words === null);
	return (end === -1 ? rows : rows.slice(0, end)) as Paper[];
}

/** False where it was stopped, or somebody else counts. */
async function countBatch(db: Db, { to, counts, done: first }: Batch, signal?: AbortSignal): Promise<boolean> {
	for (let done = first; ; done += WRITTEN) {
		if (signal?.aborted) return false;
		const began = performance.now();
		const part = counts.slice(done, done + WRITTEN);
		const isLast = done + WRITTEN >= counts.length;
		if (!(await countPart(db, { to, part, done, isLast }))) return false;
		if (isLast) return true;
		await pause(performance.now() - began);
	}
}

interface Part {
	to: number;
	part: readonly Count[];
	done: number;
	isLast: boolean;
}

function countPart(db: Db, { to, part, done, isLast }: Part): Promise<boolean> {
	return atomically(db, async (tx) => {
		await takeTurn(tx);
		const now = await wordProgress(tx);
		if (now.counting !== to || now.counted === to || now.done !== done) return false;
		await addCounts(tx, part);
		await noteWordProgress(tx, isLast ? { counted: to, done: 0 } : { done: done + part.length });
		return true;
	});
}
