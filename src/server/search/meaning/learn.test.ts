import { expect, test } from 'vitest';
import { learnVectors, stemsToLearn } from './learn.ts';
import { directionOf, likeness, nearestStems, type StoredVectors, wordVectors } from './word-vectors.ts';

const ships = [
	'ship sail harbour wind',
	'ship harbour anchor',
	'sail wind anchor ship',
	'harbour vessel sail anchor',
	'vessel wind harbour',
	'vessel anchor'
];
const bread = [
	'bread oven flour yeast',
	'bread flour dough',
	'oven yeast dough bread',
	'loaf flour oven dough',
	'loaf yeast flour',
	'loaf oven'
];
const papers = [...ships, ...bread].map((text) => text.split(' '));

function likenessOf(stored: StoredVectors, one: string, other: string) {
	const vectors = wordVectors(stored);
	return likeness(directionOf([[one, 1]], vectors), directionOf([[other, 1]], vectors));
}

test('words of papers of one kind lie near each other, also where no paper has both', () => {
	const vectors = learnVectors(papers, 2);
	expect(likenessOf(vectors, 'ship', 'vessel')).toBeGreaterThan(0.5);
	expect(Math.abs(likenessOf(vectors, 'ship', 'loaf'))).toBeLessThan(0.1);
});

test('the nearest to a word come first, without those that are known', () => {
	const vectors = wordVectors(learnVectors(papers, 2));
	const near = nearestStems(directionOf([['bread', 1]], vectors), vectors, { most: 4, known: new Set(['bread']) });
	expect(near.map(({ stem }) => stem).sort()).toEqual(expect.arrayContaining(['dough', 'flour', 'oven']));
	expect(near.map(({ stem }) => stem)).not.toContain('bread');
});

test('a word of fewer than three papers has no vector', () => {
	expect(learnVectors([...papers, ['rare', 'ship'], ['rare', 'ship']], 4).stems).not.toContain('rare');
});

test('the same papers give the same vectors', () => {
	expect(learnVectors(papers, 4)).toEqual(learnVectors(papers, 4));
});

test.each([
	['none', []],
	['one', [['ship', 'sail']]],
	['three that are the same', Array.from({ length: 3 }, () => ['ship', 'sail'])],
	['some without a word', [[], ...papers, []]]
])('of %s there is something to be learned or nothing, but no failure', (_, few: string[][]) => {
	const { values, scales, stems, dimensions } = learnVectors(few, 4);
	expect(values).toHaveLength(stems.length * dimensions);
	expect([...scales].every(Number.isFinite)).toBe(true);
});

test('title and abstract are learned from, stop words, compounds and authors left out', () => {
	expect(stemsToLearn(' the masked net | the mask of a net | masknet | kmeans | kaiming he ')).toEqual([
		'mask',
		'net',
		'mask',
		'net'
	]);
});
