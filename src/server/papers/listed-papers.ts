import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** How many names a list carries at most; a collaboration of three thousand is named whole on its paper's own page. */
const NAMES_LISTED = 20;

/** What a list needs of papers, in any order: text as stored (`…_html` is null where it is the text escaped), names, links. */
export function listedPapers(db: Db) {
	return db
		.selectFrom('paper')
		.leftJoin('organisation', 'organisation.id', 'paper.organisation_id')
		.select([
			'paper.id',
			'paper.key',
			'paper.title',
			'paper.title_html',
			'paper.abstract',
			'paper.abstract_html',
			'paper.gist',
			'paper.gist_html',
			'paper.categories',
			'paper.primary_category',
			'paper.published',
			'paper.announced',
			'paper.changed_at',
			'paper.code_url',
			'paper.project_url',
			'paper.withdrawn_at',
			'paper.updated',
			'paper.version',
			'paper.journal_ref',
			'paper.doi',
			'organisation.handle as organisation_handle',
			'organisation.name as organisation_name',
			sql<string[]>`array(
				select name from paper_author
				where paper_id = paper.id and position <= ${sql.lit(NAMES_LISTED)} order by position
			)`.as('authors'),
			'paper.author_count'
		]);
}

export type ListedPaper = Awaited<ReturnType<ReturnType<typeof listedPapers>['execute']>>[number];

/** The papers with these numbers, in the order of the numbers. */
export async function papersInOrder(db: Db, ids: readonly number[]): Promise<ListedPaper[]> {
	if (ids.length === 0) return [];
	const found = await listedPapers(db)
		.where('paper.id', '=', sql<number>`any(${ids}::bigint[])`)
		.execute();
	const byId = new Map(found.map((paper) => [paper.id, paper]));
	return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The same papers with every name, for citations: a list carries only the first of them. */
export async function withAllAuthors(db: Db, papers: readonly ListedPaper[]): Promise<ListedPaper[]> {
	const cut = papers.filter((paper) => paper.authors.length === NAMES_LISTED).map((paper) => paper.id);
	if (cut.length === 0) return [...papers];
	const rows = await db
		.selectFrom('paper_author')
		.select(['paper_id', 'name'])
		.where('paper_id', 'in', cut)
		.orderBy('paper_id')
		.orderBy('position')
		.execute();
	const names = Map.groupBy(rows, (row) => row.paper_id);
	return papers.map((paper) => ({ ...paper, authors: names.get(paper.id)?.map((row) => row.name) ?? paper.authors }));
}
