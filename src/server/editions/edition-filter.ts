import { Refused } from '#server/refused.ts';
import { canonicalCategory } from '#server/papers/categories.ts';
import { pageFrom } from '#server/papers/page-number.ts';
import type { EditionFilter } from './roll.ts';

/** Reads a filter from an address: `category`, `code=yes`, `page`. Refuses what it cannot read. */
export function editionFilterFrom(query: URLSearchParams): EditionFilter {
	const category = query.get('category');
	if (category && !/^[A-Za-z-]{2,20}(\.[A-Za-z-]{2,12})?$/.test(category))
		throw new Refused('invalid', 'That is not a category. One looks like cs.CV or hep-th.');
	return {
		category: category ? canonicalCategory(category) : null,
		withCode: query.get('code') === 'yes',
		page: pageFrom(query)
	};
}
