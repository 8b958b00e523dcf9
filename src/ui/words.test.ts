import { expect, test } from 'vitest';
import { counted, figure, ordinal, papers } from './words.ts';

test('counts carry their noun', () => {
	expect([papers(0), papers(1), papers(39), counted(1184, 'edition')]).toEqual([
		'no papers',
		'1 paper',
		'39 papers',
		'1,184 editions'
	]);
	expect(figure(1184)).toBe('1,184');
});

test.each([
	[1, 'first'],
	[9, 'ninth'],
	[12, 'twelfth'],
	[13, '13th'],
	[21, '21st'],
	[22, '22nd'],
	[111, '111th'],
	[1003, '1,003rd']
])('place %i is the %s', (place, word) => {
	expect(ordinal(place)).toBe(word);
});
