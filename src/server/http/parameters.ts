/**
 * What pages read after the `?` of their address, in the order in which it is written: of all, of a search, and of papers that
 * others are near to. Anything else changes no page, and must make none of its own: what newsletters append, or who wants
 * others' pages pushed out of memory.
 */
const OF_PAGES = ['category', 'code', 'page'];
const OF_SEARCH = ['q', 'exact', 'sort', 'year', 'category', 'organisation', 'author', 'has', 'licence', 'page'];
const OF_SIMILAR = ['ids'];
export const PARAMETERS = [...new Set([...OF_PAGES, ...OF_SEARCH, ...OF_SIMILAR])];

/** Of these several values count at once. */
const REPEATED = new Set(['year', 'category', 'organisation', 'author', 'has', 'licence']);

/** What a search reads as if it were not there. */
const SAYS_NOTHING: Record<string, (value: string) => boolean> = {
	exact: (value) => value !== '1',
	sort: (value) => value !== 'newest' && value !== 'oldest',
	page: (value) => !/^[1-9]\d{0,5}$/.test(value) || value === '1'
};

/** The part of a query that is read, from the `?`, in one spelling and order. Of what has one value the first counts. */
export function queryRead(query: URLSearchParams, path: string): string {
	if (query.size === 0) return '';
	const isSearch = /^\/papers(?:\/complete)?(?:\.[a-z.]+)?\/?$/.test(path);
	const names = isSearch ? OF_SEARCH : /^\/similar\b/.test(path) ? OF_SIMILAR : OF_PAGES;
	const read = names.flatMap((name) => valuesOf(query, name, isSearch).map((value) => [name, value]));
	return read.length > 0 ? `?${new URLSearchParams(read)}` : '';
}

function valuesOf(query: URLSearchParams, name: string, isSearch: boolean) {
	const values = query.getAll(name);
	if (isSearch && SAYS_NOTHING[name]?.(values[0] ?? '')) return [];
	return isSearch && REPEATED.has(name) ? [...new Set(values)].toSorted() : values.slice(0, 1);
}
