import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { lexemesOfAttributes } from './paper-attributes.ts';
import type { PaperWords } from './paper-words.ts';

/** Writes the words of papers. Belongs into the transaction that writes the papers: what is committed is found. */
export async function writeWords(tx: Db, rows: readonly (PaperWords & { paper_id: number })[]) {
	if (rows.length === 0) return;
	await sql`insert into paper_words (paper_id, analyser, day, attributes, words, lexemes)
		select paper_id, analyser, day, attributes, words, array_to_tsvector(lexemes)
		from json_to_recordset(${JSON.stringify(rows)}::json) made (
			paper_id bigint, analyser smallint, day date, attributes text[], words text, lexemes text[])
		on conflict (paper_id) do update set analyser = excluded.analyser, day = excluded.day,
			attributes = excluded.attributes, words = excluded.words, lexemes = excluded.lexemes`.execute(tx);
}

/** Adds attributes to papers. One whose words are yet to be made is left out: its row will have them. */
export async function addAttributes(tx: Db, papers: readonly { paper_id: number; attributes: string[] }[]) {
	if (papers.length === 0) return;
	const rows = papers.map((paper) => ({ ...paper, lexemes: lexemesOfAttributes(paper.attributes) }));
	await sql`update paper_words set
			attributes = array(select distinct unnest(paper_words.attributes || added.attributes) collate "C" order by 1),
			lexemes = paper_words.lexemes || array_to_tsvector(added.lexemes)
		from json_to_recordset(${JSON.stringify(rows)}::json) added (paper_id bigint, attributes text[], lexemes text[])
		where paper_words.paper_id = added.paper_id`.execute(tx);
}
