import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { completionsFor } from '#server/search/completions.ts';
import { searchPapers } from '#server/search/search-papers.ts';
import { NO_FILTERS, type Search } from '#server/search/search-page.ts';
import { similarPage } from '#server/search/similar-page.ts';
import { type Chance, chanceOf, oneOf } from '../relevance/chance.ts';
import { isCommon } from '../relevance/textbook.ts';

/** What is asked, with what a figure is made of. */
export const KINDS = {
	one_word: 'lexical',
	three_words: 'lexical',
	eight_words: 'lexical',
	phrase: 'lexical',
	filtered: 'fused',
	faceted: 'fused',
	similar: 'fused',
	completion: 'complete'
} as const;

export type Kind = keyof typeof KINDS;

/** A question about a real paper. */
export interface Question {
	kind: Kind;
	/** For a person, and for the peer: the words alone. */
	words: string;
	/** Asks it on the server's side, without HTTP. Gives how much was found. */
	ask: (db: Db) => Promise<number>;
	/** Where a browser asks it. */
	path: string;
}

interface Paper {
	key: string;
	title: string;
	abstract: string;
	category: string | null;
	year: string | null;
	author: string | null;
}

/** So many questions of each kind, the same for the same seed and papers: each about a paper drawn at random, in words of its own. */
export async function questionsOf(db: Db, { each, seed }: { each: number; seed: number }) {
	const chance = chanceOf(seed);
	const questions: Question[] = [];
	for (const kind of Object.keys(KINDS) as Kind[]) {
		const made: Question[] = [];
		while (made.length < each) {
			const papers = await somePapers(db, { chance, most: 200 });
			made.push(...papers.flatMap((paper) => questionAbout(paper, kind, chance) ?? []).slice(0, each - made.length));
		}
		questions.push(...made);
	}
	return questions;
}

async function somePapers(db: Db, { chance, most }: { chance: Chance; most: number }): Promise<Paper[]> {
	const { rows: ends } = await sql<{ last: number }>`select max(id) as last from paper`.execute(db);
	const ids = Array.from({ length: most }, () => 1 + Math.floor(chance() * ends[0]!.last));
	const { rows } = await sql<Paper>`
		select key, title, abstract, primary_category as category, left(coalesce(published, announced)::text, 4) as year,
			(select name from paper_author where paper_id = id order by position limit 1) as author
		from unnest(${ids}::bigint[]) with ordinality as drawn (id, place) join paper using (id) order by place`.execute(db);
	return rows;
}

function questionAbout(paper: Paper, kind: Kind, chance: Chance): Question | null {
	const { key, title, abstract, category, year, author } = paper;
	const [words, many] = [tellingWords(title), tellingWords(abstract)];
	const [one, three, eight] = [stretch(words, 1, chance), stretch(words, 3, chance), stretch(many, 8, chance)];
	const side = stretch(title.split(' '), 3, chance);
	if (!one || !three || !eight || !side || !category || !year) return null;
	if (kind === 'one_word') return searching(kind, one);
	if (kind === 'three_words') return searching(kind, three);
	if (kind === 'eight_words') return searching(kind, eight);
	if (kind === 'phrase') return searching(kind, side, { q: `"${side.replaceAll('"', '')}"` });
	if (kind === 'filtered') return searching(kind, one, { q: `${one} category:${category} year:${year}` });
	if (kind === 'faceted')
		return searching(kind, one, { filters: { ...NO_FILTERS, category: [category], year: [year, '2024'] } });
	if (kind === 'similar')
		return {
			kind,
			words: key,
			ask: async (db) => (await similarPage(db, [key])).found.length,
			path: `/similar?ids=${encodeURIComponent(key)}`
		};
	return completing(chance() < 0.3 && author ? author : title, chance);
}

function searching(kind: Kind, words: string, more: Partial<Search> = {}): Question {
	const search: Search = { q: words, filters: NO_FILTERS, sort: 'relevance', page: 1, ...more };
	const chosen = Object.entries(search.filters).flatMap(([name, values]) =>
		(values as string[]).map((value) => [name, value])
	);
	const address = new URLSearchParams([['q', search.q], ...chosen]);
	return { kind, words, ask: async (db) => (await searchPapers(db, search)).count, path: `/papers?${address}` };
}

/** What stands in the box while somebody types: the beginning, cut anywhere. */
function completing(text: string, chance: Chance): Question {
	const typed = text.slice(0, 2 + Math.floor(chance() * 20));
	return {
		kind: 'completion',
		words: typed,
		ask: async (db) => Object.values(await completionsFor(db, typed)).flat().length,
		path: `/papers/complete?q=${encodeURIComponent(typed)}`
	};
}

const tellingWords = (text: string) =>
	(text.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length >= 3 && !isCommon(word));

/** So many words that follow each other; null where the text is shorter. */
function stretch(words: readonly string[], length: number, chance: Chance) {
	if (words.length < length) return null;
	const starts = Array.from({ length: words.length - length + 1 }, (_, at) => at);
	const from = oneOf(chance, starts);
	return words.slice(from, from + length).join(' ');
}
