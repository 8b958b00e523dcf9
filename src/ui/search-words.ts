import type { Facet, Filters, Search, SearchPage } from '#server/search/search-page.ts';
import { figure, papers } from './words.ts';

/** The name of a filter over its values. */
export const FILTER_NAMES: Record<keyof Filters, string> = {
	year: 'Year',
	category: 'Category',
	has: 'With',
	organisation: 'Organisation',
	author: 'Author',
	licence: 'Licence'
};

/** Whether a search asks for nothing in words, so that it lists. */
export function isList({ q }: Pick<Search, 'q'>) {
	return q === '';
}

/** What a search is called, in titles. */
export function searchTitle(search: Search) {
	return isList(search) ? 'All papers' : search.q;
}

/** "39 papers" or, where not all were counted, "More than 10,000 papers"; none is said in words. */
export function found({ count, countIsExact }: Pick<SearchPage, 'count' | 'countIsExact'>) {
	if (count === 0) return 'No paper';
	return countIsExact ? papers(count) : `More than ${papers(count)}`;
}

/** What stands behind the count: of how many, how fast, and what counted besides. */
export function besideFound(page: SearchPage) {
	const all = page.count === page.papers ? '' : ` of ${figure(page.papers)}`;
	const none = page.count === 0 && page.papers > 0 ? ' has all of this' : '';
	const sort = sortOf(page);
	const order = sort === 'relevance' || page.count === 0 ? '' : `, the ${sort} first`;
	const time = `, in ${figure(Math.max(1, Math.round(page.milliseconds)))} ms`;
	return `${all}${none}${order}${time}.${alsoCounted(page)}${someWords(page)}`;
}

/** The order in which the papers are: nothing matches best where nothing was asked for in words. */
export function sortOf({ asked, sort }: Pick<SearchPage, 'asked' | 'sort'>) {
	return asked === '' && sort === 'relevance' ? 'newest' : sort;
}

/** How a value of a filter is called beside a list: its label, and what it says where that alone says nothing. */
export function chipWords(name: keyof Filters, value: string, facets: readonly Facet[]) {
	if (name === 'year' && value === 'none') return 'year not given';
	const known = facets.find((facet) => facet.name === name)?.values.find((other) => other.value === value);
	const label = known?.label ?? value;
	return name === 'has' ? `with ${label}` : label;
}

function alsoCounted({ alsoCounted: words }: SearchPage) {
	return words.length > 0 ? ` Also counted: ${words.join(', ')}.` : '';
}

function someWords({ count, more, moreIsExact }: SearchPage) {
	if (more === 0) return '';
	const number = moreIsExact ? figure(more) : `More than ${figure(more)}`;
	const besides = count > 0 && moreIsExact ? ' more' : '';
	return ` ${number}${besides} ${more === 1 && moreIsExact ? 'has' : 'have'} some of the words.`;
}
