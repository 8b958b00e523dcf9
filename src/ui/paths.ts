import type { EditionFilter } from '#server/editions/roll.ts';
import type { Filters, Search } from '#server/search/search-page.ts';

/** The address of an edition, filtered or turned to a page. */
export function editionPath(day: string, { category = null, withCode = false, page = 1 }: Partial<EditionFilter> = {}) {
	const query = new URLSearchParams();
	if (category) query.set('category', category);
	if (withCode) query.set('code', 'yes');
	if (page > 1) query.set('page', String(page));
	return query.size > 0 ? `/${day}?${query}` : `/${day}`;
}

/** The address of one page of a list. */
export function pagePath(path: string) {
	return (page: number) => (page > 1 ? `${path}?page=${page}` : path);
}

/** In the order of their addresses. */
const FILTERS: readonly (keyof Filters)[] = ['year', 'category', 'organisation', 'author', 'has', 'licence'];

/** What the address of a search has after its path, from the `?`. */
export function searchQuery({ q = '', exact = false, sort = 'relevance', filters, page = 1 }: Partial<Search>) {
	const query = new URLSearchParams();
	if (q) query.set('q', q);
	if (exact) query.set('exact', '1');
	if (sort !== 'relevance') query.set('sort', sort);
	for (const name of FILTERS) for (const value of filters?.[name] ?? []) query.append(name, value);
	if (page > 1) query.set('page', String(page));
	return query.size > 0 ? `?${query}` : '';
}

/** The address of a search. */
export function searchPath(search: Partial<Search>) {
	return `/papers${searchQuery(search)}`;
}

/** What is chosen, one by one, each with the search that is left without it. */
export function chosenIn(search: Search) {
	return FILTERS.flatMap((name) =>
		search.filters[name].map((value) => {
			const others = search.filters[name].filter((other) => other !== value);
			return { name, value, without: { ...search, filters: { ...search.filters, [name]: others }, page: 1 } };
		})
	);
}

/** What the address of the papers near to some has after its path; ids keep their slashes and commas, to be read. */
export function similarQuery(keys: readonly string[]) {
	const ids = keys.map((key) => encodeURIComponent(key).replaceAll('%2F', '/'));
	return ids.length > 0 ? `?ids=${ids.join(',')}` : '';
}
