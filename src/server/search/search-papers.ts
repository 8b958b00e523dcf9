import type { Db } from '#server/db/database.ts';
import { paperPath } from '#server/papers/paper-key.ts';
import { otherForms } from './also-counted.ts';
import { corpusFor } from './corpus.ts';
import { FACETS_OVER, facetsOf } from './facets.ts';
import { readsAll, wantedBy } from './findable.ts';
import { helpFor } from './help.ts';
import { hitsOf } from './hits.ts';
import { howManyMore } from './how-many-more.ts';
import { noteSentence } from './query/notes.ts';
import { parseQuery } from './query/parse.ts';
import { printQuery } from './query/print.ts';
import { termsOf } from './query/terms.ts';
import { listing, PER_PAGE } from './listing.ts';
import { resultsOf } from './results.ts';
import type { Search, SearchPage } from './search-page.ts';
import { asTyped, perhapsMeant, spelledRight } from './spelled-right.ts';

/** Milliseconds after which a search leaves out what it can: it has been a costly one, or the site is busy. */
const LATE = 400;

/**
 * The papers that answer a query, one page of them. Takes any text; what it could not make sense of, it says. What a search
 * costs is bounded whatever is asked: 32 words, 1,000 papers, 300 of them ranked by all that is known.
 */
export async function searchPapers(db: Db, search: Search): Promise<SearchPage> {
	const began = performance.now();
	const { tree: read, notes, ids } = parseQuery(search.q);
	const { tree, correction, respelled } = search.exact ? asTyped(read) : await spelledRight(db, read);
	const { filters } = search;
	const { condition, isOverAll } = wantedBy(tree, filters);
	const hits = await hitsOf(db, condition);
	const { papers } = await corpusFor(db, []);
	const { count, isExact } = condition ? hits : { count: papers, isExact: true };
	const list = await listing(db, { search, tree, condition, hits });
	const terms = termsOf(tree);
	const forms = await otherForms(db, terms);
	const isLate = () => performance.now() - began > LATE;
	const more = isLate() ? { more: 0, moreIsExact: false } : await howManyMore(db, { tree, filters, count });
	return {
		asked: search.q,
		understood: printQuery(tree),
		notes: notes.map(noteSentence),
		goTo: await pathOf(db, ids),
		correction,
		perhaps: correction || search.exact || isLate() ? null : await perhapsMeant(db, tree),
		count,
		countIsExact: isExact && isOverAll && (await readsAll(db, tree)),
		...more,
		papers,
		alsoCounted: forms,
		sort: search.sort,
		filters,
		page: list.page,
		pages: list.pages,
		perPage: PER_PAGE,
		results: await resultsOf(db, { ...list, asked: { terms, respelled } }),
		facets: await facetsOf(db, { tree, filters, ids: count > FACETS_OVER ? list.first : hits.ids }),
		facetsOver: count > FACETS_OVER ? FACETS_OVER : null,
		help: list.ids.length === 0 && !isLate() ? await helpFor(db, { tree, filters }) : [],
		milliseconds: Math.round(performance.now() - began)
	};
}

/** A paper that a query names goes before everything else. */
async function pathOf(db: Db, keys: readonly string[]): Promise<string | null> {
	const [key, ...others] = keys;
	if (!key || others.length > 0) return null;
	const here = await db.selectFrom('paper').select('key').where('key', '=', key).executeTakeFirst();
	return here ? paperPath(here.key) : null;
}
