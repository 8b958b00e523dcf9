import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { Findable } from './paper-words.ts';

export interface FindablePaper extends Findable {
	id: number;
	/** By which it is seen that nobody has written to the paper since. */
	row_state: string;
}

/** What the papers with these numbers are found by, as they stand. */
export async function findablePapers(db: Db, ids: readonly number[]): Promise<FindablePaper[]> {
	if (ids.length === 0) return [];
	const { rows } = await sql<FindablePaper>`
		select id, xmin::text as row_state, title, abstract, day, published, announced, categories, licence, version,
			code_url is not null as "hasCode", project_url is not null as "hasProject",
			(select handle from organisation where organisation.id = organisation_id) as organisation,
			array(select name from paper_author where paper_id = paper.id order by position) as authors
		from paper where id = any(${ids}::bigint[])`.execute(db);
	return rows;
}
