import { expect, test } from 'vitest';
import { parseQuery } from './parse.ts';
import { phrasesOf, termsOf } from './terms.ts';

const query = 'MaskNet -token ti:k-means "State of the Art" (au:xie OR NOT (patch -image)) year:2023';

test('the words to rank by are those that a paper should have', () => {
	const terms = termsOf(parseQuery(query).tree).map(({ field, text, words, joined, parts }) => [
		field,
		text,
		words.map(({ word }) => word),
		joined,
		parts
	]);
	expect(terms).toEqual([
		['any', 'MaskNet', ['masknet'], [], ['mask', 'net']],
		['title', 'k-means', ['k', 'means'], ['kmeans'], []],
		['any', 'State', ['state'], [], []],
		['any', 'Art', ['art'], [], []],
		['author', 'xie', ['xie'], [], []],
		['any', 'image', ['image'], [], []]
	]);
});

test('a phrase is given with all its words', () => {
	expect(phrasesOf(parseQuery(`${query} -"hard patches"`).tree)).toEqual([['state', 'of', 'the', 'art']]);
	expect(termsOf(null)).toEqual([]);
});
