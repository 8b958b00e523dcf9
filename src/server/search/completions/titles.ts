import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { stemOf } from '#server/text/words.ts';
import { byIndex } from '../candidates.ts';
import { quoted } from '../lexeme.ts';

const SHOWN = 5;
/** Of words that many papers have, the newest papers are looked through first: five are soon found. */
const NEWEST = 400;
const MANY = 2_000;
/** Else so many that the index finds are compared. */
const COMPARED = 3_000;

interface TitleWords {
	/** The finished words. */
	whole: readonly { stem: string }[];
	/** The unfinished one, and what it may become. */
	last: string | null;
	ends: readonly { stem: string; papers: number }[];
}

/** The newest papers whose titles have all the words, the last of them in one of its forms. */
export async function titlesWith(db: Db, { whole, last, ends }: TitleWords): Promise<{ key: string; title: string }[]> {
	const endings = last === null ? [] : [...new Set([stemOf(last), ...ends.map(({ stem }) => stem)])];
	const words = [...whole.map(({ stem }) => [stem]), ...(last === null ? [] : [endings])];
	if (words.length === 0) return [];
	const query = words.map((stems) => `(${stems.map((stem) => quoted(`t:${stem}`)).join(' | ')})`).join(' & ');
	const isCommon = ends.reduce((sum, { papers }) => sum + papers, 0) > MANY;
	const newest = isCommon || last === null ? await amongNewest(db, query) : [];
	const ids = newest.length < SHOWN ? await amongAll(db, query) : newest;
	return titlesOf(db, ids);
}

async function amongNewest(db: Db, query: string) {
	const { rows } = await sql<{ id: number }>`
		select id from (
			select paper_id as id, day, lexemes from paper_words
			order by day desc nulls last, paper_id desc limit ${sql.lit(NEWEST)}
		) newest
		where lexemes @@ ${query}::tsquery order by day desc nulls last, id desc limit ${sql.lit(SHOWN)}`.execute(db);
	return rows.map(({ id }) => id);
}

async function amongAll(db: Db, query: string) {
	return byIndex(db, async (tx) => {
		const { rows } = await sql<{ id: number }>`
			select id from (
				select paper_id as id, day from paper_words where lexemes @@ ${query}::tsquery limit ${sql.lit(COMPARED)}
			) found order by day desc nulls last, id desc limit ${sql.lit(SHOWN)}`.execute(tx);
		return rows.map(({ id }) => id);
	});
}

async function titlesOf(db: Db, ids: readonly number[]) {
	if (ids.length === 0) return [];
	const papers = await db.selectFrom('paper').select(['id', 'key', 'title']).where('id', 'in', ids).execute();
	const byId = new Map(papers.map(({ id, key, title }) => [id, { key, title }]));
	return ids.flatMap((id) => byId.get(id) ?? []);
}
