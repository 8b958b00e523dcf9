import type { RawBuilder } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { byDay } from './candidates.ts';
import { amongHits, type Hits } from './hits.ts';
import type { Tree } from './query/tree.ts';
import { LIST_END, rankingOf } from './ranking.ts';
import type { Search } from './search-page.ts';

export const PER_PAGE = 20;

export interface Listing {
	/** The papers of this page. */
	ids: number[];
	/** The first papers of the list, for facets: by day those that the index gives first. */
	first: readonly number[];
	/** Those that meaning brought here or moved up. */
	moved: ReadonlySet<number>;
	page: number;
	pages: number;
}

interface Asked {
	search: Search;
	tree: Tree | null;
	/** Of the query and the filters; null is everything. */
	condition: RawBuilder<boolean> | null;
	/** The papers that satisfy it. */
	hits: Hits;
}

/** One page: by relevance of what has some of the words too, by day of what has all of them. */
export async function listing(db: Db, { search, tree, condition, hits }: Asked): Promise<Listing> {
	if (tree && search.sort === 'relevance') {
		const { ids, moved } = await rankingOf(db, { tree, filters: search.filters, condition: condition!, hits });
		const at = placeIn(ids.length, search.page);
		return { ids: ids.slice(at.offset, at.offset + PER_PAGE), first: ids, moved, page: at.page, pages: at.pages };
	}
	const { offset, page, pages } = placeIn(Math.min(hits.count, LIST_END), search.page);
	// What was found is not looked for again.
	const found = await byDay(db, condition && hits.isExact ? amongHits(hits) : condition, {
		oldestFirst: search.sort === 'oldest',
		limit: PER_PAGE,
		offset
	});
	return { ids: found.map(({ id }) => id), first: hits.ids, moved: new Set(), page, pages };
}

/** A page behind the last is the last. */
function placeIn(length: number, asked: number) {
	const pages = Math.max(1, Math.ceil(length / PER_PAGE));
	const page = Math.min(asked, pages);
	return { page, pages, offset: (page - 1) * PER_PAGE };
}
