import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { IndexedPaper } from './fts5.ts';

const BATCH = 1_000;

/** All papers, in the order of their numbers and some at a time: the embedded database serves nobody else meanwhile. */
export async function* papersIn(db: Db): AsyncGenerator<(IndexedPaper & { key: string; names: string[] })[]> {
	for (let last = 0; ;) {
		const papers = await db
			.selectFrom('paper')
			.select(['id', 'key', 'title', 'abstract'])
			.select(
				sql<string[]>`array(select name from paper_author where paper_id = paper.id order by position)`.as('names')
			)
			.where('id', '>', last)
			.orderBy('id')
			.limit(BATCH)
			.execute();
		if (papers.length === 0) return;
		yield papers.map((paper) => ({ ...paper, authors: paper.names.join(', ') }));
		last = papers.at(-1)!.id;
	}
}
