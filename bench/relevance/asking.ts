import type { Db } from '#server/db/database.ts';
import { searchPapers } from '#server/search/search-papers.ts';
import { NO_FILTERS, type Search } from '#server/search/search-page.ts';

/** A search as the search box sends it: nothing chosen beside the words. */
export function asked(q: string, page = 1): Search {
	return { q, filters: NO_FILTERS, sort: 'relevance', page };
}

/** The keys of the papers found, in their order, page after page as a reader turns them, at most so many. */
export async function* found(db: Db, q: string, most: number) {
	let given = 0;
	for (let page = 1; ; page += 1) {
		const { results, pages } = await searchPapers(db, asked(q, page));
		for (const { paper } of results) {
			if (given++ === most) return;
			yield paper.key;
		}
		if (given >= most || page >= pages || results.length === 0) return;
	}
}

export async function firstFound(db: Db, q: string, most: number) {
	return Array.fromAsync(found(db, q, most));
}

/** 1 where the paper comes first, ½ where second, 0 where it is not among the first hundred. */
export async function reciprocalRank(db: Db, q: string, key: string) {
	let rank = 0;
	for await (const other of found(db, q, 100)) {
		rank += 1;
		if (other === key) return 1 / rank;
	}
	return 0;
}
