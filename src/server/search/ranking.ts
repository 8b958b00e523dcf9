import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { stemOf } from '#server/text/words.ts';
import { byDay, candidates, type FoundPaper, type WeightedStem } from './candidates.ts';
import { corpusFor } from './corpus.ts';
import { both, filterCondition } from './filters.ts';
import { embeddingSignal } from './embeddings/nearest.ts';
import { fused, type Order } from './fused.ts';
import { amongHits, type Hits } from './hits.ts';
import { quoted } from './lexeme.ts';
import { vectorsOf } from './meaning/stored-meaning.ts';
import { FEW, nearPapers } from './near-papers.ts';
import { conditionOf, queriesOfPhrases } from './query/conditions.ts';
import { phrasesOf, type Term, termsOf } from './query/terms.ts';
import type { Tree } from './query/tree.ts';
import { type Candidate, type Corpus, rank, type RankedPaper } from './rank.ts';
import { type AskedWords, askedWords } from './rank/asked-words.ts';
import { WEIGHTS } from './rank/weights.ts';
import type { Filters } from './search-page.ts';
import { splitQuery } from './split-query.ts';

/** A list is turned up to this paper. */
export const LIST_END = 1_000;
/** So many are read and ranked by all that is known; those behind stay as the database put them. */
const RANKED = 300;

interface Asking {
	tree: Tree;
	filters: Filters;
	/** Of both. */
	condition: RawBuilder<boolean>;
	/** The papers that satisfy it. */
	hits: Hits;
}

/** At most `LIST_END` papers that answer a query, the best first. */
export async function rankingOf(db: Db, { tree, filters, condition, hits }: Asking): Promise<Order> {
	const terms = termsOf(tree);
	const phrases = phrasesOf(tree);
	const corpus = { ...(await corpusFor(db, stemsToCount(terms))), vectors: await vectorsOf(db) };
	const asked = askedWords({ terms, phrases }, corpus, WEIGHTS);
	if (asked.words.length === 0) return byNewest(db, condition);
	const where = needed({ tree, filters, hits });
	const found = await candidatesFor(db, { tree, hits, asked, corpus, where });
	const { vectors } = corpus;
	const near = vectors && found.length < FEW ? await nearPapers(db, { asked, vectors, where, found }) : [];
	const ranked = rank({ terms, phrases }, await withWords(db, [...found.slice(0, RANKED), ...near]), corpus);
	const behind = found.slice(RANKED).map(({ id }) => id);
	const nearness = await embeddingSignal(
		db,
		terms.map(({ text }) => text).join(' '),
		ranked.map(({ id }) => id)
	);
	const { ids, moved } = nearness ? fused(ranked, await allowed(db, nearness, { ranked, where })) : orderOf(ranked);
	const inFront = new Set(ids);
	return { ids: [...ids, ...behind.filter((id) => !inFront.has(id))].slice(0, LIST_END), moved };
}

/** What is near in meaning must have what each result must have. */
async function allowed(
	db: Db,
	nearness: ReadonlyMap<number, number>,
	{ ranked, where }: { ranked: readonly RankedPaper[]; where: RawBuilder<boolean> | null }
): Promise<Map<number, number>> {
	const isRanked = new Set(ranked.map(({ id }) => id));
	const others = [...nearness.keys()].filter((id) => !isRanked.has(id));
	const { rows } = await sql<{ id: number }>`
		select paper_id as id from paper_words
		where paper_id = any(${others}::bigint[]) and ${where ?? sql`true`}`.execute(db);
	const isAllowed = new Set(rows.map(({ id }) => id));
	return new Map([...nearness].filter(([id]) => isRanked.has(id) || isAllowed.has(id)));
}

function orderOf(ranked: readonly RankedPaper[]): Order {
	return { ids: ranked.map(({ id }) => id), moved: new Set(ranked.filter(isMoved).map(({ id }) => id)) };
}

/** Each word, what it is put together of, and what it makes with its neighbour. */
function stemsToCount(terms: readonly Term[]): string[] {
	const plain = terms.flatMap(({ words }) => words);
	const together = plain.slice(1).map(({ word }, at) => plain[at]!.word + word);
	const others = terms.flatMap(({ joined, parts }) => [...joined, ...parts]);
	return [...new Set([...plain.map(({ stem }) => stem), ...[...together, ...others].map(stemOf)])];
}

/** What was asked for without words has no best match. */
async function byNewest(db: Db, condition: RawBuilder<boolean>): Promise<Order> {
	const found = await byDay(db, condition, { oldestFirst: false, limit: LIST_END, offset: 0 });
	return { ids: found.map(({ id }) => id), moved: new Set() };
}

/** What each result must have, beside some of the words. */
function needed({ tree, filters, hits }: Omit<Asking, 'condition'>): RawBuilder<boolean> | null {
	const { must, may } = splitQuery(tree);
	if (may.length === 0 && hasPhrase(tree)) return amongHits(hits);
	return both(must && conditionOf(must), filterCondition(filters));
}

interface Wanted extends Pick<Asking, 'tree' | 'hits'> {
	asked: AskedWords;
	corpus: Corpus;
	where: RawBuilder<boolean> | null;
}

/** Those with every word first, then those whose words say most. */
function candidatesFor(db: Db, { tree, hits, asked, corpus, where }: Wanted) {
	return candidates(db, {
		stems: asked.words.flatMap((word) => weighted(word, asked, corpus)),
		all: {
			condition: hasPhrase(tree) ? amongHits(hits) : conditionOf(tree),
			weight: asked.words.reduce((sum, { worth }) => sum + worth, 0)
		},
		where,
		limit: LIST_END
	});
}

function hasPhrase(tree: Tree): boolean {
	return queriesOfPhrases(tree).length > 0;
}

/** How much more a word says that is in the title, before anything is read. */
const TITLE_BONUS = 0.25;
/** Of a word in a title its papers are few, a tenth about. */
const TITLES = 0.1;

/** A word where it was asked for; and in titles, where it says more. */
function weighted(
	{ stem, folded, field, worth }: AskedWords['words'][number],
	{ stems }: AskedWords,
	corpus: Corpus
): WeightedStem[] {
	const [inText, inTitle, inName] = [quoted(stems[stem]!), quoted(`t:${stems[stem]!}`), quoted(`a:${folded}`)];
	const papers = corpus.papersWith(stems[stem]!);
	const title = { lexeme: inTitle, weight: worth * TITLE_BONUS, papers: papers * TITLES };
	if (field === 'title') return [title];
	if (field === 'author') return [{ lexeme: inName, weight: worth, papers: 0 }];
	if (field === 'abstract') return [{ lexeme: inText, weight: worth, papers }];
	return [{ lexeme: `${inText} | ${inName}`, weight: worth, papers }, title];
}

async function withWords(db: Db, found: readonly FoundPaper[]): Promise<Candidate[]> {
	const { rows } = await sql<{ id: number; words: string }>`
		select paper_id as id, words from paper_words where paper_id = any(${found.map(({ id }) => id)}::bigint[])`.execute(db);
	const words = new Map(rows.map((row) => [row.id, row.words]));
	return found.flatMap((paper) => (words.has(paper.id) ? [{ ...paper, words: words.get(paper.id)! }] : []));
}

/** Meaning counts for more than a tenth of why it is here. */
function isMoved({ byMeaning, score, parts }: RankedPaper) {
	return byMeaning || (parts.meaning ?? 0) > score / 10;
}
