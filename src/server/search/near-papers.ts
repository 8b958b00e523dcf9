import type { RawBuilder } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { candidates, type FoundPaper } from './candidates.ts';
import { corpusFor } from './corpus.ts';
import { quoted } from './lexeme.ts';
import { nearestStems, type WordVectors } from './meaning/word-vectors.ts';
import { type AskedWords, rarityOf } from './rank/asked-words.ts';
import { queryDirection } from './rank/meaning-scores.ts';

/** Where words find fewer papers, those near in meaning are added: a page of them at most. */
export const FEW = 20;
const MOST_ADDED = 20;
/** Words that stand for those of the query, and how near they must be: below it they are of another subject. */
const STEMS = 8;
const NEAR = 0.5;

/** Papers that have words near in meaning to those of a query. `where` restricts; `found` are here already. */
export async function nearPapers(
	db: Db,
	{
		asked,
		vectors,
		where,
		found
	}: { asked: AskedWords; vectors: WordVectors; where: RawBuilder<boolean> | null; found: readonly FoundPaper[] }
): Promise<FoundPaper[]> {
	const near = nearestStems(queryDirection(asked, vectors), vectors, {
		most: STEMS,
		known: new Set(asked.stems)
	}).filter(({ likeness }) => likeness >= NEAR);
	if (near.length === 0) return [];
	const corpus = await corpusFor(
		db,
		near.map(({ stem }) => stem)
	);
	const stems = near.map(({ stem, likeness }) => ({
		lexeme: quoted(stem),
		weight: likeness * rarityOf(corpus.papersWith(stem), corpus.papers),
		papers: corpus.papersWith(stem)
	}));
	const papers = await candidates(db, { stems, all: null, where, limit: MOST_ADDED + found.length });
	const here = new Set(found.map(({ id }) => id));
	return papers.filter(({ id }) => !here.has(id)).slice(0, MOST_ADDED);
}
