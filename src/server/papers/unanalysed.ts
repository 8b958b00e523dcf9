import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { WORDS_VERSION } from '#server/text/words.ts';

/** Papers that one statement looks through, in 5 ms. */
const LOOKED_THROUGH = 5_000;

/**
 * The papers whose words are yet to be made, by their numbers, the newest first and some at a time: those of an older version's
 * folder and of a restored backup have none, and an older analyser's are not enough. Nothing is noted of it: what could be noted
 * would be a second truth.
 */
export async function* unanalysedPapers(db: Db): AsyncGenerator<number[]> {
	for (let before = Number.MAX_SAFE_INTEGER; ;) {
		const { ids, lowest } = await lookThrough(db, before);
		if (ids.length > 0) yield ids;
		if (lowest === null) return;
		before = lowest;
	}
}

/** How many they are. */
export async function countUnanalysed(db: Db): Promise<number> {
	let papers = 0;
	for await (const ids of unanalysedPapers(db)) papers += ids.length;
	return papers;
}

async function lookThrough(db: Db, before: number) {
	const { rows } = await sql<{ ids: number[]; lowest: number | null }>`
		with part as materialized (select id from paper where id < ${before} order by id desc limit ${LOOKED_THROUGH})
		select (select min(id) from part) as lowest, array(
			select id from part
			where not exists (select from paper_words where paper_id = part.id and analyser >= ${WORDS_VERSION})
			order by id desc
		) as ids`.execute(db);
	return rows[0]!;
}
