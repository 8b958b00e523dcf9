import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { spellingsNear } from './slips.ts';

/** A word that papers have, in their texts or in names, and how many. */
export interface NearWord {
	word: string;
	papers: number;
}

/** Those that are one slip away from one of these words. Each spelling is looked up, since that is faster than to look for what is alike. */
export async function oneSlipAway(db: Db, words: readonly string[]): Promise<NearWord[]> {
	const spellings = spellingsNear(words);
	if (spellings.length === 0) return [];
	const [inTexts, inNames] = await Promise.all([withSpelling(db, spellings), inNamesWith(db, spellings)]);
	return [...inTexts, ...inNames];
}

async function withSpelling(db: Db, spellings: readonly string[]): Promise<NearWord[]> {
	const { rows } = await sql<NearWord>`
		select word, papers from word where word = any(${spellings}::text[])`.execute(db);
	return rows;
}

/** So many of the names with a word are read. */
const MOST_NAMES = 50;

/** One by one: as a single query of alternatives they took minutes where many names had one of them. */
async function inNamesWith(db: Db, spellings: readonly string[]): Promise<NearWord[]> {
	const { rows } = await sql<NearWord>`
		select word, papers from unnest(${spellings}::text[]) asked (word) cross join lateral (
			select sum(papers) as papers from (
				select papers from known_name
				where to_tsvector('simple', name_key) @@ quote_literal(asked.word)::tsquery limit ${sql.lit(MOST_NAMES)}
			) names
		) found
		where papers is not null`.execute(db);
	return rows;
}

/** A word of fewer papers is a slip itself more often than what was meant. */
const FEWEST_PAPERS = 2;
const MOST_WORDS = 8;
/** Letters by which two slips may make a word longer or shorter. */
const MOST_MORE = 2;
const MOST_BEGINNING = 500;
/** Behind every word that begins so. */
const LAST = '\u{10ffff}';

/** Those that begin with the same three letters and are about as long. 1 to 2 ms a word. */
export async function withSameBeginning(db: Db, words: readonly string[]): Promise<NearWord[]> {
	const long = words.filter((word) => word.length >= FEWEST_LETTERS).slice(0, MOST_WORDS);
	if (long.length === 0) return [];
	const { rows } = await sql<NearWord>`
		select near.word, near.papers from unnest(${long}::text[]) asked (word) cross join lateral (
			select word, papers from word
			where word.word >= left(asked.word, 3) collate "C" and word.word < left(asked.word, 3) || ${LAST} collate "C"
				and papers >= ${sql.lit(FEWEST_PAPERS)} and abs(length(word.word) - length(asked.word)) <= ${sql.lit(MOST_MORE)}
			order by papers desc limit ${sql.lit(MOST_BEGINNING)}
		) near`.execute(db);
	return rows;
}

/** In shorter words two slips leave too little. */
const FEWEST_LETTERS = 6;
const MOST_ALIKE = 20;
/** At 10 ms a word, the last resort. */
const MOST_SOUGHT = 2;

/** Those that share most groups of three letters. */
export async function withSameLetters(db: Db, words: readonly string[]): Promise<NearWord[]> {
	const long = words.filter((word) => word.length >= FEWEST_LETTERS).slice(0, MOST_SOUGHT);
	if (long.length === 0) return [];
	const { rows } = await sql<NearWord>`
		select near.word, near.papers from unnest(${long}::text[]) asked (word) cross join lateral (
			select word, papers from word where word.word % asked.word and papers >= ${sql.lit(FEWEST_PAPERS)}
			order by similarity(word.word, asked.word) desc, papers desc limit ${sql.lit(MOST_ALIKE)}
		) near`.execute(db);
	return rows;
}
