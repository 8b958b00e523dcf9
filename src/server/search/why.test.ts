import { expect, test } from 'vitest';
import { whyFound } from './why.ts';

const nothing = { inTitle: 0, inAbstract: 0, isAuthor: false, missing: [], respelled: [], byMeaning: false };

test.each([
	[{ inTitle: 1, inAbstract: 6 }, 'Found in title, and 6 times in the abstract'],
	[{ inTitle: 2, inAbstract: 1 }, 'Found in title, and once in the abstract'],
	[{ inTitle: 1 }, 'Found in title'],
	[{ inAbstract: 1 }, 'Found in abstract'],
	[{ inAbstract: 2, byMeaning: true }, 'Found in abstract, twice, by word and by meaning'],
	[{ isAuthor: true }, 'Found among the authors'],
	[{ isAuthor: true, inTitle: 1, inAbstract: 3 }, 'Found among the authors, in title, and 3 times in the abstract'],
	[{ inTitle: 1, respelled: ['transformer'] }, 'Found in title, spelled “transformer”'],
	[{ inTitle: 1, missing: ['video'] }, 'Found in title, without “video”'],
	[{ inAbstract: 3, missing: ['a', 'b', 'c'] }, 'Found in abstract, 3 times, without “a”, “b” or “c”'],
	[{ byMeaning: true }, 'Near in meaning, by other words'],
	[{}, '']
])('%j: %s', (findings, words) => {
	expect(whyFound({ ...nothing, ...findings })).toBe(words);
});
