import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { nameKey } from '#server/text/names.ts';
import { quoted } from '../lexeme.ts';

export interface KnownAuthor {
	name: string;
	name_key: string;
}

const FEWEST_LETTERS = 3;
const MOST_WORDS = 4;
const SHOWN = 4;
/** So many names that match are compared; a shorter beginning has tens of thousands. */
const COMPARED = 2_000;

/** The names with all these words, the last of them unfinished; those with most papers first. */
export async function authorsLike(db: Db, typed: string): Promise<KnownAuthor[]> {
	const words = nameKey(typed).match(/[\p{L}\p{N}]+/gu) ?? [];
	if (words.join('').length < FEWEST_LETTERS || words.length > MOST_WORDS) return [];
	const [whole, last] = [words.slice(0, -1), words.at(-1)!];
	// One letter begins a tenth of all names, so it is compared with those that the others find.
	const isLetter = last.length === 1;
	const query = [...whole.map(quoted), ...(isLetter ? [] : [`${quoted(last)}:*`])].join(' & ');
	if (query === '') return [];
	const { rows } = await sql<KnownAuthor>`
		select name, name_key from (
			select name, name_key, papers from known_name
			where to_tsvector('simple', name_key) @@ ${query}::tsquery limit ${sql.lit(COMPARED)}
		) found
		where ${isLetter ? sql`' ' || name_key like ${`% ${last}%`}` : sql`true`}
		order by papers desc, name_key limit ${sql.lit(SHOWN)}`.execute(db);
	return rows;
}
