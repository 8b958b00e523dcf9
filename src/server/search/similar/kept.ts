import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { type ListedPaper, listedPapers } from '#server/papers/listed-papers.ts';
import { nearestTo } from '../similar.ts';
import type { SimilarPaper } from '../similar-page.ts';

/** What a paper's own page shows, at most. */
const SHOWN = 5;

/**
 * Finds the papers near to one and keeps them for its page. A month later they are found again, if the paper was of the
 * last two months then. A paper that has gone meanwhile is passed over.
 */
export async function keepSimilar(db: Db, paperId: number) {
	const near = await nearestTo(db, [paperId], { limit: SHOWN });
	const [ids, reasons] = [near.map(({ id }) => id), near.map(({ why }) => why)];
	await sql`insert into similar_papers (paper_id, similar_ids, reasons, found_at, find_again_at)
		select id, ${ids}::bigint[], ${reasons}::text[], now(),
			case when day > now() - interval '30 days' then now() + interval '30 days' end
		from paper where id = ${paperId}
		on conflict (paper_id) do update set similar_ids = excluded.similar_ids, reasons = excluded.reasons,
			found_at = excluded.found_at, find_again_at = excluded.find_again_at`.execute(db);
}

/** The papers that are kept as near to one, and why, the nearest first; null where none have been looked for yet. */
export async function similarOf(db: Db, paperId: number): Promise<SimilarPaper[] | null> {
	const rows = await listedPapers(db)
		.rightJoin('similar_papers as near', (join) => join.on('paper.id', '=', sql<number>`any(near.similar_ids)`))
		.select(['near.similar_ids', 'near.reasons'])
		.where('near.paper_id', '=', paperId)
		.execute();
	const [kept] = rows;
	if (!kept) return null;
	const papers = new Map(rows.map((row) => [row.id, row as ListedPaper]));
	return kept.similar_ids.flatMap((id, place) => {
		const paper = papers.get(id);
		return paper ? { paper, why: kept.reasons[place]! } : [];
	});
}
