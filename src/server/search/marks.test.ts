import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAbstract } from '#server/text/tex.ts';
import { wordsIn } from '#server/text/words.ts';
import { marked, matchesIn, withoutOverlaps } from './marks.ts';

/** The stems of what somebody asks for, all kinds of words. */
const stemsOf = (asked: string) => new Set(wordsIn(asked).map(({ stem }) => stem));
const plain = (text: string) => ({ text, html: null });

test.each([
	['mask', 'Masked autoencoders need masks.', '<mark>Masked</mark> autoencoders need <mark>masks</mark>.'],
	['mask', 'A procedure called MaskEmbed.', 'A procedure called <mark>MaskEmbed</mark>.'],
	['mask image', 'A mask, image masking', 'A <mark>mask</mark>, <mark>image masking</mark>'],
	['k-means', 'We use k-means here.', 'We use <mark>k-means</mark> here.'],
	['a<b', 'If a<b & c, "then"', 'If <mark>a</mark>&lt;<mark>b</mark> &amp; c, &quot;then&quot;'],
	['beta', 'A β-VAE', 'A <mark>β</mark>-VAE'],
	['schmidhuber', 'By Schmidhüber', 'By <mark>Schmidhüber</mark>']
])('asked for %s, %j is marked', (asked, text, html) => {
	expect(marked(plain(text), stemsOf(asked))).toEqual({ text, html });
});

test('a text without any of the words is given back as it was stored', () => {
	const stored = { text: 'A σ here', html: 'A <math><mi>σ</mi></math> here' };
	expect(marked(stored, new Set(['mask']))).toBe(stored);
	expect(marked(plain('Masks'), new Set())).toEqual(plain('Masks'));
});

test('a formula is left as it is, and so is an element that a word ends in', () => {
	const stored = {
		text: 'Mask x of masking: mask',
		html: '<em>Mask</em> <math><mi>mask</mi><mo>&lt;</mo></math> of <em>mask</em>ing: <a href="https://mask.org/?a&amp;mask" rel="nofollow noopener">mask</a>'
	};
	expect(marked(stored, stemsOf('mask')).html).toBe(
		'<em><mark>Mask</mark></em> <math><mi>mask</mi><mo>&lt;</mo></math> of <em><mark>mask</mark></em><mark>ing</mark>: <a href="https://mask.org/?a&amp;mask" rel="nofollow noopener"><mark>mask</mark></a>'
	);
});

test('a compound that is asked for whole and in parts counts once', () => {
	expect(withoutOverlaps(matchesIn('MaskNet, and MaskNet', stemsOf('MaskNet')))).toHaveLength(2);
	expect(withoutOverlaps(matchesIn('nothing', stemsOf('MaskNet')))).toHaveLength(0);
});

test('stretches that overlap or touch are one', () => {
	const stretch = ([start, end]: number[]) => ({ start: start!, end: end! });
	const apart = withoutOverlaps(
		[
			[0, 4],
			[2, 3],
			[4, 6],
			[8, 9]
		].map(stretch)
	);
	expect(apart).toEqual(
		[
			[0, 6],
			[8, 9]
		].map(stretch)
	);
});

test('whatever is marked, the text stays what it was and nothing of it becomes an element', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.nat(), (text, number) => {
			const words = wordsIn(text);
			const stem = words[number % Math.max(words.length, 1)]?.stem ?? 'mask';
			const { html } = marked(plain(text), new Set([stem]));
			expect(textIn(html ?? escaped(text))).toBe(text);
			expect(html === null).toBe(words.length === 0);
		})
	);
});

test('the formulas of real abstracts come through as they were, wherever marks are', () => {
	const lines = gunzipSync(readFileSync(join(import.meta.dirname, '../../../samples/papers.jsonl.gz')))
		.toString()
		.split('\n');
	const abstracts = lines
		.filter((line) => line.includes('$'))
		.slice(0, 200)
		.map((line) => readAbstract((JSON.parse(line) as { abstract: string }).abstract))
		.filter(({ html }) => html !== null);
	expect(abstracts.length).toBeGreaterThan(50);
	for (const abstract of abstracts) {
		const all = new Set(wordsIn(abstract.text).map(({ stem }) => stem));
		const { html } = marked(abstract, all);
		expect(formulasIn(html!)).toEqual(formulasIn(abstract.html!));
		expect(textIn(html!)).toBe(textIn(abstract.html!));
	}
});

const formulasIn = (html: string) => html.match(/<math[\s\S]*?<\/math>/g) ?? [];
const escaped = (text: string) =>
	text.replace(/[&<>"']/g, (letter) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[letter]!};`);
const textIn = (html: string) =>
	html
		.replace(/<\/?(?:mark|em|a|m\w+|semantics|annotation)(?:\s[^>]*)?>/g, '')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&');
