import { expect, test } from 'vitest';
import { idsFrom, searchFrom } from './search-address.ts';
import { NO_FILTERS } from './search-page.ts';

const read = (query: string) => searchFrom(new URLSearchParams(query));
const nothing = { q: '', filters: NO_FILTERS, sort: 'relevance', page: 1, exact: false };

test('every part of a search is read from its address', () => {
	expect(read('q=mask&exact=1&sort=newest&year=2024&year=2023&category=CS.cv&has=code&author=xie&page=3')).toEqual({
		q: 'mask',
		filters: { ...NO_FILTERS, year: ['2023', '2024'], category: ['cs.CV'], has: ['code'], author: ['xie'] },
		sort: 'newest',
		page: 3,
		exact: true
	});
});

test.each([
	'',
	'q=',
	'sort=votes',
	'page=0',
	'page=-1',
	'page=1e9',
	'page=9999999',
	'page=',
	'year=',
	'exact=yes',
	'x=1'
])('?%s asks for nothing in particular, and is no error', (query) => {
	expect(read(query)).toEqual(nothing);
});

test('a query is one line of characters that can be shown', () => {
	expect(read('q=%00mask%0d%0a%20%20net%07')).toEqual({ ...nothing, q: 'mask net' });
});

test('the papers that others are to be near to are read in any spelling, each once, and at most twenty', () => {
	expect(idsFrom(new URLSearchParams('ids=arXiv:2407.13036v2, cs/0112017,2407.13036 nope'))).toEqual({
		keys: ['2407.13036', 'cs/0112017'],
		unread: ['nope']
	});
	const many = Array.from({ length: 100 }, (_, number) => `2407.${10_000 + number}`);
	expect(idsFrom(new URLSearchParams({ ids: many.join() })).keys).toHaveLength(20);
	expect(idsFrom(new URLSearchParams(''))).toEqual({ keys: [], unread: [] });
});
