import { canonicalCategory } from '#server/papers/categories.ts';
import { paperKeyOf } from '#server/papers/paper-key.ts';
import { oneLine } from '#server/text/one-line.ts';
import { MOST_VALUES } from './filters.ts';
import type { Filters, Search, Sort } from './search-page.ts';

/** Papers of which others are to be near. */
const MOST_CHOSEN = 20;
const SORTS: readonly string[] = ['relevance', 'newest', 'oldest'] satisfies Sort[];

/** Reads a search from an address. Nothing is refused: what cannot be read is as if it were not there. */
export function searchFrom(query: URLSearchParams): Search {
	const sort = query.get('sort') ?? '';
	const page = query.get('page') ?? '';
	return {
		q: oneLine(query.get('q') ?? ''),
		filters: filtersFrom(query),
		sort: SORTS.includes(sort) ? (sort as Sort) : 'relevance',
		page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
		exact: query.get('exact') === '1'
	};
}

/** What somebody has typed so far. */
export function typedFrom(query: URLSearchParams): string {
	return oneLine(query.get('q') ?? '');
}

/** The papers that are named, by their keys, and what names none. */
export function idsFrom(query: URLSearchParams): { keys: string[]; unread: string[] } {
	const named = (query.get('ids') ?? '').split(/[\s,;]+/).filter((id) => id !== '');
	const read = [...new Set(named)].slice(0, MOST_CHOSEN).map((id) => ({ id: oneLine(id), key: paperKeyOf(id) }));
	return {
		keys: [...new Set(read.flatMap(({ key }) => key ?? []))],
		unread: read.flatMap(({ id, key }) => (key === null ? id.slice(0, 100) : []))
	};
}

function filtersFrom(query: URLSearchParams): Filters {
	return {
		year: chosen(query.getAll('year')),
		category: chosen(query.getAll('category').map(canonicalCategory)),
		organisation: chosen(query.getAll('organisation')),
		author: chosen(query.getAll('author')),
		has: chosen(query.getAll('has')),
		licence: chosen(query.getAll('licence'))
	};
}

function chosen(values: readonly string[]) {
	return [...new Set(values.map((value) => oneLine(value).slice(0, 200)))]
		.filter((value) => value !== '')
		.toSorted()
		.slice(0, MOST_VALUES);
}
