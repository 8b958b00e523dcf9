import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { stemOf } from '#server/text/words.ts';
import { byIndex } from '../candidates.ts';
import { quoted } from '../lexeme.ts';

/**
 * Those of the words that some paper has, in its text or in a name. The table of words knows the most of them; the others are
 * asked of the papers themselves, because it lags behind them.
 */
export async function knownAmong(db: Db, words: readonly string[]): Promise<Set<string>> {
	const stems = words.map(stemOf);
	const { rows } = await sql<{ stem: string }>`
		select distinct stem from word where stem = any(${stems}::text[]) and papers > 0`.execute(db);
	const counted = new Set(rows.map(({ stem }) => stem));
	const uncounted = words.filter((_, place) => !counted.has(stems[place]!));
	return new Set([...words.filter((_, place) => counted.has(stems[place]!)), ...(await onPapers(db, uncounted))]);
}

/** A word of more papers is no slip. */
const FEW_PAPERS = 3;

/** Those that a few papers have in their texts and no name has, and how many. */
export async function rareAmong(db: Db, words: readonly string[]): Promise<Map<string, number>> {
	if (words.length === 0) return new Map();
	const { rows } = await sql<{ word: string; papers: number }>`
		select word, papers from word where word = any(${words}::text[]) and papers between 1 and ${sql.lit(FEW_PAPERS)}
		and not exists (
			select from known_name where to_tsvector('simple', name_key) @@ quote_literal(word.word)::tsquery
		)`.execute(db);
	return new Map(rows.map(({ word, papers }) => [word, papers]));
}

async function onPapers(db: Db, words: readonly string[]) {
	if (words.length === 0) return [];
	const queries = words.map((word) => `${quoted(stemOf(word))} | ${quoted(`a:${word}`)}`);
	return byIndex(db, async (tx) => {
		const { rows } = await sql<{ word: string }>`
			select word from unnest(${words}::text[], ${queries}::tsquery[]) asked (word, query)
			where exists (select from paper_words where lexemes @@ asked.query)`.execute(tx);
		return rows.map(({ word }) => word);
	});
}
