import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { isStopWord } from '#server/text/words.ts';
import type { Term } from './query/terms.ts';

const SHOWN = 4;

/** Other words that count as those of the query, the most frequent first: masks, masked and masking beside mask. */
export async function otherForms(db: Db, terms: readonly Term[]): Promise<string[]> {
	const words = terms.filter(({ field }) => field !== 'author').flatMap(({ words: plain }) => plain);
	const telling = words.filter(({ word }) => !isStopWord(word));
	if (telling.length === 0) return [];
	const { rows } = await sql<{ word: string }>`
		select word from word
		where stem = any(${telling.map(({ stem }) => stem)}::text[]) and word <> all(${telling.map(({ word }) => word)}::text[])
		order by papers desc, word limit ${sql.lit(SHOWN)}`.execute(db);
	return rows.map(({ word }) => word);
}
