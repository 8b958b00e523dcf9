import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { papersInOrder } from '#server/papers/listed-papers.ts';
import { candidates } from './candidates.ts';
import { newVocabulary, type Vocabulary } from './rank/vocabulary.ts';
import { aboutness } from './similar/aboutness.ts';
import { nearness, type Profile } from './similar/profile.ts';
import { reasonOf } from './similar/reason.ts';
import { sharedAuthors } from './similar/shared-authors.ts';
import { spellingsIn } from './similar/spellings.ts';
import { tallyOf } from './similar/word-tally.ts';
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
	const chosen = ids.slice(0, MOST_PAPERS);
	const texts = await wordsOf(db, chosen);
	const vocabulary = newVocabulary([]);
	const tallies = [...texts.values()].map((words) => tallyOf(words, vocabulary));
	const { profile, telling } = await aboutness(db, tallies, vocabulary);
	const near = await candidates(db, { stems: telling, all: null, where: null, limit: COMPARED + chosen.length });
	const others = near.map(({ id }) => id).filter((id) => !texts.has(id));
	const nearest = await nearestOf(db, others.slice(0, COMPARED), { chosen, profile, vocabulary });
	const spelled = spellingsIn([...texts.values()], vocabulary);
	const best = nearest.slice(0, limit);
	const papers = await papersInOrder(
		db,
		best.map(({ id }) => id)
	);
	const byId = new Map(best.map((one) => [one.id, one]));
	return papers.map((paper) => {
		const { shared, names } = byId.get(paper.id)!;
		return { paper, why: reasonOf({ words: shared.map(spelled), names }) };
	});
}

async function wordsOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
	const { rows } = await sql<{ id: number; words: string }>`
		select paper_id as id, words from paper_words where paper_id = any(${ids}::bigint[])`.execute(db);
	return new Map(rows.map(({ id, words }) => [id, words]));
}

interface Asked {
	chosen: readonly number[];
	profile: Profile;
	vocabulary: Vocabulary;
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
