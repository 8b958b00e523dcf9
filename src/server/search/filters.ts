import { type RawBuilder, sql } from 'kysely';
import { quoted } from './lexeme.ts';
import type { Filters } from './search-page.ts';

export const FILTERS = [
	'year',
	'category',
	'organisation',
	'author',
	'has',
	'licence'
] as const satisfies (keyof Filters)[];

/** What stands before the values of a filter in `paper_words.attributes`, and in lower case among its lexemes. */
export const PREFIXES = { year: 'y:', category: 'c:', organisation: 'o:', has: 'has:', licence: 'l:' } as const;

/** At most so many values of one filter are read; nobody ticks more boxes. */
export const MOST_VALUES = 20;

/** The papers that a list is narrowed to; null where nothing is chosen. */
export function filterCondition(filters: Filters): RawBuilder<boolean> | null {
	const parts = FILTERS.filter((name) => filters[name].length > 0).map((name) =>
		conditionOn(name, filters[name].slice(0, MOST_VALUES))
	);
	return parts.length > 0 ? sql<boolean>`(${sql.join(parts, sql` and `)})` : null;
}

/** Two conditions; null is none. */
export function both(one: RawBuilder<boolean> | null, other: RawBuilder<boolean> | null): RawBuilder<boolean> | null {
	return one && other ? sql<boolean>`(${one} and ${other})` : (one ?? other);
}

function conditionOn(name: keyof Filters, values: readonly string[]): RawBuilder<boolean> {
	if (name === 'author')
		return sql`paper_words.paper_id in (select paper_id from paper_author where name_key = any(${values}::text[]))`;
	const query = values.map((value) => quoted(PREFIXES[name] + value.toLowerCase())).join(' | ');
	return sql`paper_words.lexemes @@ ${query}::tsquery`;
}

export function isFiltered(filters: Filters): boolean {
	return FILTERS.some((name) => filters[name].length > 0);
}

export function withoutFilter(filters: Filters, name: keyof Filters): Filters {
	return { ...filters, [name]: [] };
}
