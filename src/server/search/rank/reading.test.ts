import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sectionsOf } from '#server/papers/paper-words.ts';
import { hashTable } from './hash-table.ts';
import { read } from './reading.ts';
import { newVocabulary } from './vocabulary.ts';

test('a row of words is read in its sections, as numbers of stems, without stop words', () => {
	const vocabulary = newVocabulary(['mask']);
	const { title, abstract, titleCompounds, abstractCompounds, authors } = read(
		' the masked net | some mask a net | masknet | | kaiming he ',
		vocabulary
	);
	const stemsOf = (numbers: Int32Array) => Array.from(numbers, (number) => vocabulary.stems[number]);
	expect([title, abstract, titleCompounds, abstractCompounds].map(stemsOf)).toEqual([
		['mask', 'net'],
		['some', 'mask', 'net'],
		['masknet'],
		[]
	]);
	expect(title[0]).toBe(0);
	expect(authors).toBe(' kaiming he ');
});

test('any row is read as its sections are', () => {
	const section = fc.array(fc.stringMatching(/^[a-z0-9]{1,6}$/), { maxLength: 12 });
	fc.assert(
		fc.property(fc.tuple(section, section, section, section, section), (written) => {
			const words = ` ${written.flatMap((section, at) => (at === 0 ? section : ['|', ...section])).join(' ')} `;
			const vocabulary = newVocabulary([]);
			const { title, abstract, titleCompounds, abstractCompounds } = read(words, vocabulary);
			const sections = sectionsOf(words);
			const numbersOf = (section: string[]) =>
				section.map((word) => vocabulary.numberOf(word)).filter((number) => number >= 0);
			expect([title, abstract, titleCompounds, abstractCompounds].map((numbers) => [...numbers])).toEqual(
				[sections.title, sections.abstract, sections.titleCompounds, sections.abstractCompounds].map(numbersOf)
			);
		})
	);
});

test('each of 100,000 words is found again with its own number, and is asked for once', () => {
	let asked = 0;
	const numberAt = hashTable((word) => (asked++, Number(word.slice(1))));
	for (let round = 0; round < 2; round++) {
		for (let number = 0; number < 100_000; number++) {
			if (numberAt(` w${number} `, 1, `w${number}`.length + 1) !== number) expect.fail(`w${number} is another`);
		}
	}
	expect(asked).toBe(100_000);
});
