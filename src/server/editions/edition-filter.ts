import { Refused } from '#server/refused.ts';
import type { EditionFilter } from './roll.ts';

/** Reads a filter from an address: `category`, `code=yes`, `page`. Refuses what it cannot read. */
export function editionFilterFrom(query: URLSearchParams): EditionFilter {
	const category = query.get('category');
	if (category && !/^[A-Za-z-]{2,20}(\.[A-Za-z-]{2,12})?$/.test(category))
		throw new Refused('invalid', 'That is not a category. One looks like cs.CV or hep-th.');
	return { category: category || null, withCode: query.get('code') === 'yes', page: pageFrom(query) };
}

/** Reads which page of a list is asked for, from 1. */
export function pageFrom(query: URLSearchParams): number {
	const page = query.get('page') ?? '1';
	if (!/^[1-9]\d{0,4}$/.test(page)) throw new Refused('invalid', 'Pages count from 1.');
	return Number(page);
}
