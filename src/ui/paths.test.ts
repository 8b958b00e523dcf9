import { expect, test } from 'vitest';
import { chosenIn, searchPath, searchQuery, similarQuery } from './paths.ts';

const filters = {
	year: ['2023', '2024'],
	category: ['cs.CV'],
	organisation: [],
	author: [],
	has: ['code'],
	licence: []
};

test('the address of a search says only what differs from asking for nothing', () => {
	expect(searchPath({})).toBe('/papers');
	expect(searchPath({ q: 'mask', sort: 'relevance', page: 1, exact: false })).toBe('/papers?q=mask');
	expect(searchQuery({ q: '"a b" & c', exact: true, sort: 'newest', filters, page: 2 })).toBe(
		'?q=%22a+b%22+%26+c&exact=1&sort=newest&year=2023&year=2024&category=cs.CV&has=code&page=2'
	);
});

test('each thing that is chosen has a way to be without it, from the first page', () => {
	const search = { q: 'mask', filters, sort: 'relevance' as const, page: 3 };
	expect(chosenIn(search).map(({ name, value, without }) => [name, value, searchPath(without)])).toEqual([
		['year', '2023', '/papers?q=mask&year=2024&category=cs.CV&has=code'],
		['year', '2024', '/papers?q=mask&year=2023&category=cs.CV&has=code'],
		['category', 'cs.CV', '/papers?q=mask&year=2023&year=2024&has=code'],
		['has', 'code', '/papers?q=mask&year=2023&year=2024&category=cs.CV']
	]);
});

test('papers that others are near to are named by their ids, as they are written', () => {
	expect(similarQuery(['2407.13036', 'cs/0112017'])).toBe('?ids=2407.13036,cs/0112017');
	expect(similarQuery([])).toBe('');
});
