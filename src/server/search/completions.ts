import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { nameAddress } from '#server/text/names.ts';
import { authorsLike } from './completions/authors.ts';
import { categoriesLike } from './completions/categories.ts';
import { titlesWith } from './completions/titles.ts';
import { beginningIn, type Beginning } from './completions/beginning.ts';

/** What may be meant while it is still being typed. */
export interface Completions {
	titles: { key: string; title: string }[];
	authors: { name: string; path: string }[];
	categories: { code: string; name: string }[];
	/** For the last word alone, those of most papers first. */
	words: string[];
}

const WORDS_SHOWN = 6;
/** Titles are looked for with so many of the words that the last one may become. */
const WORDS_TRIED = 20;
const FEWEST_LETTERS = 2;

/** Words, titles, authors and categories for what was typed so far; the last word may be unfinished. Bounded: see each of them. */
export async function completionsFor(db: Db, typed: string): Promise<Completions> {
	const beginning = beginningIn(typed);
	const [texts, authors] = await Promise.all([
		beginning.wants('text') ? textsFor(db, beginning) : { titles: [], words: [] },
		beginning.wants('author') ? authorsLike(db, beginning.text) : []
	]);
	return {
		...texts,
		authors: authors.map(({ name, name_key }) => ({
			name,
			path: `/authors/${encodeURIComponent(nameAddress(name_key))}`
		})),
		categories: beginning.wants('category') ? categoriesLike(beginning.text) : []
	};
}

async function textsFor(db: Db, { whole, last }: Beginning) {
	if (last !== null && last.length < FEWEST_LETTERS) return { titles: [], words: [] };
	const ends = last === null ? [] : await wordsFrom(db, last);
	const titles = await titlesWith(db, { whole, last, ends });
	return { titles, words: ends.slice(0, WORDS_SHOWN).map(({ word }) => word) };
}

/** The words that begin so, those of most papers first. */
async function wordsFrom(db: Db, beginning: string) {
	const { rows } = await sql<{ word: string; stem: string; papers: number }>`
		select word, stem, papers from word where word like ${`${beginning}%`}
		order by papers desc, word limit ${sql.lit(WORDS_TRIED)}`.execute(db);
	return rows;
}
