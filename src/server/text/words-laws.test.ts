import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { databaseTest } from '#server/db/test-database.ts';
import { folded, wordsIn } from './words.ts';

const PARTS = fc.constantFrom(
	..."a Z é 3 4.5 - – — _ . ' ’ 's ’S $ \\ α Ω ς αβγδ ß ﬁ ½ ² ₂ Ⅳ ® ʼ \u0301 \u00ad \u200d 图像 한국 ガ हि MaskNet YOLOv8 GPT-4 ResNet50 k-means state-of-the-art \ud800 \udc00 𝒜 👩‍💻".split(
		' '
	),
	' ',
	'x'.repeat(40)
);
const ANYTHING = fc.oneof(
	fc.array(PARTS, { maxLength: 40 }).map((parts) => parts.join('')),
	fc.string({ unit: 'binary', maxLength: 100 })
);

function holds(law: (text: string) => void) {
	fc.assert(fc.property(ANYTHING, law), { numRuns: 1000 });
}

describe('of whatever text', () => {
	test('words are of letters and digits alone, and of 64 at most', () => {
		holds((text) => {
			for (const { word, stem } of wordsIn(text)) {
				expect(word).toMatch(/^[\p{L}\p{N}]{1,64}$/u);
				expect(word.length).toBeLessThanOrEqual(64);
				expect(word).toBe(word.toLowerCase());
				expect(stem).toMatch(/^[\p{L}\p{N}]+$/u);
			}
		});
	});

	test('words stand in the text where they say, in order', () => {
		holds((text) => {
			let before = 0;
			for (const { word, start, end, kind } of wordsIn(text)) {
				expect(start).toBeGreaterThanOrEqual(before);
				expect(end).toBeGreaterThan(start);
				expect(end).toBeLessThanOrEqual(text.length);
				if (kind === 'plain') expect(folded(text.slice(start, end))).toBe(word);
				before = start;
			}
		});
	});

	test('a word is folded to itself', () => {
		holds((text) => {
			for (const { word } of wordsIn(text)) expect(folded(word)).toBe(word);
		});
	});

	test('its plain words with spaces between have the same plain words', () => {
		holds((text) => {
			const plain = wordsIn(text).filter(({ kind }) => kind === 'plain');
			expect(folded(text)).toBe(plain.map(({ word }) => word).join(' '));
			expect(folded(folded(text))).toBe(folded(text));
		});
	});
});

test('every character of Unicode is folded for good', () => {
	for (let code = 0; code <= 0x10ffff; code++) {
		const word = folded(String.fromCodePoint(code));
		if (word !== '' && folded(word) !== word) expect.fail(`${code.toString(16)}: ${word} is folded to ${folded(word)}`);
	}
});

const REPEATED =
	"a|a'|'s|a's|a-|a.1|1.|aB|abcD|a1|é|e\u0301|\u0301|α|α-|图|用G|-|$-|’s|ﷺ|\ud800|𝒜|ß|한|½|ab |a\u00ad|ABCd|abise |YOLOv8 ".split(
		'|'
	);

test('100,000 characters of anything are read in time that grows with their length', () => {
	const before = process.threadCpuUsage();
	for (const part of REPEATED) wordsIn(part.repeat(Math.ceil(100_000 / part.length)));
	const { user, system } = process.threadCpuUsage(before);
	// Under 20 ms each on an idle machine; a square of the length would take minutes.
	expect((user + system) / 1000 / REPEATED.length).toBeLessThan(100);
});

const SAMPLES = new URL('../../../samples/papers.jsonl.gz', import.meta.url);

databaseTest('PostgreSQL’s own words of our plain ASCII words are the same words', async ({ db }) => {
	const papers = gunzipSync(readFileSync(SAMPLES)).toString().trim().split('\n').slice(0, 300);
	const texts = papers.map((line) => JSON.parse(line) as { title: string; abstract: string });
	for (const { title, abstract } of texts) {
		const ours = new Set(
			wordsIn(`${title}\n${abstract}`)
				.map(({ word }) => word)
				.filter((word) => /^[a-z0-9]+$/.test(word))
		);
		const { rows } = await sql<{ theirs: string[] }>`
			select tsvector_to_array(to_tsvector('simple', ${[...ours].join(' ')})) as theirs`.execute(db);
		expect(new Set(rows[0]!.theirs)).toEqual(ours);
	}
});

databaseTest('but for those that begin as a number in powers of ten: 3e5q', async ({ db }) => {
	const word = fc.oneof(fc.stringMatching(/^[a-z0-9]{1,10}$/), fc.stringMatching(/^[0-9e]{1,6}[a-z]{0,2}$/));
	const words = [...new Set(fc.sample(word, 5000))];
	const { rows } = await sql<{ word: string }>`
		select word from unnest(${words}::text[]) as word
		where tsvector_to_array(to_tsvector('simple', word)) <> array[word]`.execute(db);
	const parted = rows.map(({ word }) => word);
	expect(new Set(parted)).toEqual(new Set(words.filter((word) => /^\d+e\d+[a-z]/.test(word))));
	expect(parted.length).toBeGreaterThan(0);
});
