import { expect, test } from 'vitest';
import type { SearchPage } from '#server/search/search-page.ts';
import { besideFound, chipWords, found } from './search-words.ts';

const page = {
	asked: 'mask',
	count: 39,
	countIsExact: true,
	more: 0,
	moreIsExact: true,
	papers: 48_213,
	milliseconds: 12.3,
	alsoCounted: [] as string[],
	sort: 'relevance'
} as SearchPage;

const sentence = (changes: Partial<SearchPage>) => {
	const changed = { ...page, ...changes };
	return found(changed) + besideFound(changed);
};

test.each<[Partial<SearchPage>, string]>([
	[{}, '39 papers of 48,213, in 12 ms.'],
	[{ alsoCounted: ['masks', 'masked'] }, '39 papers of 48,213, in 12 ms. Also counted: masks, masked.'],
	[{ more: 120 }, '39 papers of 48,213, in 12 ms. 120 more have some of the words.'],
	[{ count: 1, more: 1 }, '1 paper of 48,213, in 12 ms. 1 more has some of the words.'],
	[{ count: 0, more: 120 }, 'No paper of 48,213 has all of this, in 12 ms. 120 have some of the words.'],
	[
		{ count: 10_000, countIsExact: false, more: 10_000, moreIsExact: false, milliseconds: 0.2 },
		'More than 10,000 papers of 48,213, in 1 ms. More than 10,000 have some of the words.'
	],
	[{ asked: '', count: 48_213 }, '48,213 papers, the newest first, in 12 ms.'],
	[{ sort: 'oldest' }, '39 papers of 48,213, the oldest first, in 12 ms.'],
	[{ asked: '', count: 0, papers: 0, sort: 'newest' }, 'No paper, in 12 ms.']
])('of a search that found %j is said: %s', (changes, words) => {
	expect(sentence(changes)).toBe(words);
});

test('what is chosen is called by its label, and says what it is', () => {
	const values = [{ value: 'code', label: 'code', papers: 3, isChosen: true }];
	expect(chipWords('has', 'code', [{ name: 'has', values }])).toBe('with code');
	expect(chipWords('year', 'none', [])).toBe('year not given');
	expect(chipWords('category', 'cs.CV', [])).toBe('cs.CV');
});
