import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { papersInOrder } from '#server/papers/listed-papers.ts';
import { candidates } from './candidates.ts';
import { aboutness } from './similar/aboutness.ts';
import { nearness, type Profile } from './similar/profile.ts';
import { reasonOf, tellingFirst } from './similar/reason.ts';
import { sharedAuthors } from './similar/shared-authors.ts';
import { spellingsIn } from './similar/spellings.ts';
import { tellingVocabulary } from './similar/telling-vocabulary.ts';
import { tallyOf, type Telling } from './similar/word-tally.ts';
import type { SimilarPaper } from './similar-page.ts';

/** More papers than these are not taken together: nothing is near to all of them. */
const MOST_PAPERS = 50;
/** Papers that are compared in full. */
const COMPARED = 200;
/** What an author in common adds to the cosine, which is .1 to .4 among the nearest of 100,000; for at most three of them. */
const PER_AUTHOR = 0.02;
const AUTHORS_COUNTED = 3;

/** The papers nearest to all of these by their words, the nearest first, with the reason; never one of these themselves. */
export async function similarTo(db: Db, ids: readonly number[], { limit }: { limit: number }): Promise<SimilarPaper[]> {
	const nearest = await nearestTo(db, ids, { limit });
	const whys = new Map(nearest.map(({ id, why }) => [id, why]));
	const papers = await papersInOrder(db, [...whys.keys()]);
	return papers.map((paper) => ({ paper, why: whys.get(paper.id)! }));
}

/** The same by their numbers alone. */
export async function nearestTo(
	db: Db,
	ids: readonly number[],
	{ limit }: { limit: number }
): Promise<{ id: number; why: string }[]> {
	const chosen = ids.slice(0, MOST_PAPERS);
	const texts = await wordsOf(db, chosen);
	const vocabulary = tellingVocabulary();
	const tallies = [...texts.values()].map((words) => tallyOf(words, vocabulary));
	const { profile, telling } = await aboutness(db, tallies, vocabulary);
	const near = await candidates(db, { stems: telling, all: null, where: null, limit: COMPARED + chosen.length });
	const others = near.map(({ id }) => id).filter((id) => !texts.has(id));
	const nearest = await nearestOf(db, others.slice(0, COMPARED), { chosen, profile, vocabulary });
	const spellings = spellingsIn([...texts.values()], vocabulary);
	return nearest.slice(0, limit).map(({ id, shared, names }) => ({
		id,
		why: reasonOf({ words: tellingFirst(shared, spellings), names })
	}));
}

async function wordsOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
	const { rows } = await sql<{ id: number; words: string }>`
		select paper_id as id, words from paper_words where paper_id = any(${ids}::bigint[])`.execute(db);
	return new Map(rows.map(({ id, words }) => [id, words]));
}

interface Asked {
	chosen: readonly number[];
	profile: Profile;
	vocabulary: Telling;
}

async function nearestOf(db: Db, ids: readonly number[], { chosen, profile, vocabulary }: Asked) {
	const [texts, authors] = await Promise.all([wordsOf(db, ids), sharedAuthors(db, { chosen, others: ids })]);
	return [...texts]
		.map(([id, words]) => {
			const { cosine, shared } = nearness(tallyOf(words, vocabulary), profile);
			const names = authors.get(id) ?? [];
			return { id, shared, names, score: cosine + PER_AUTHOR * Math.min(names.length, AUTHORS_COUNTED) };
		})
		.filter(({ shared }) => shared.length > 0)
		.sort((one, other) => other.score - one.score || other.id - one.id);
}
