import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gistOf, trimmed } from './gist.ts';

/** Real abstracts, each judged by eye: their sentences, long ones cut, and an arrow before the one that gives the gist. */
const EXAMPLES = readFileSync(new URL('gist.examples.txt', import.meta.url), 'utf8')
	.trim()
	.split('\n\n')
	.map((example) => {
		const [name, ...lines] = example.split('\n');
		const gist = lines.findIndex((line) => line.startsWith('→'));
		return { name: name!.slice(2), gist: lines[gist]!.slice(2), sentences: lines.map((line) => line.slice(2)) };
	});

test('there are at least forty examples, of many fields', () => {
	expect(EXAMPLES.length).toBeGreaterThan(40);
	expect(new Set(EXAMPLES.map(({ name }) => name.split(' ')[1])).size).toBeGreaterThan(25);
});

test.each(EXAMPLES)('the gist of $name', ({ gist, sentences }) => {
	expect(sentences[gistOf(sentences)]).toBe(gist);
});

const KINDS: [what: string, sentences: string[], gist: number][] = [
	['one sentence is its own gist', ['Masks.'], 0],
	[
		'what was proposed, not the problem',
		[
			'Masking is an important problem in vision.',
			'However, it is slow.',
			'We propose a fast method for masking images in one pass.'
		],
		2
	],
	[
		'what was proposed, not where the code is',
		['We propose MaskNet, a network that learns where to mask.', 'Our code is available at https://github.com/a/b.'],
		0
	],
	[
		'what was proposed, not its results',
		['We propose a network that learns where to mask images.', 'We show that it outperforms others by 3.5% and 4.5%.'],
		0
	],
	[
		'a theorem',
		[
			'Let G be a group.',
			'We prove that every finite group of odd order is solvable.',
			'As a corollary, we obtain a bound on the number of generators.'
		],
		1
	],
	[
		'a survey',
		[
			'Masks have grown popular.',
			'This survey reviews two hundred papers on masked modelling and orders them.',
			'We hope that it helps.'
		],
		1
	],
	[
		'without a first person',
		['Masks have long been used in vision.', 'A new class of masks is introduced that needs no training at all.'],
		1
	],
	[
		'what was proposed in a few lines, not in twelve',
		[
			`We propose MaskNet, a network ${'that learns where to mask an image and '.repeat(9)} more.`,
			'We introduce a benchmark of masks for images of every kind.'
		],
		1
	],
	[
		'what was proposed, at any length, where nothing else was',
		[
			`We propose MaskNet, a network ${'that learns where to mask an image and '.repeat(9)} more.`,
			'We show that it works on images of every kind that we know.'
		],
		0
	],
	[
		'a whole sentence, not the rest of one',
		['which we study here by means of a large sample of stars.', 'We study stars by means of a large sample of masks.'],
		1
	],
	[
		'no sentence with a hole, where another says as much',
		[
			'We study stars ( ) by means of a large sample , and so on.',
			'We study stars by means of a large sample of masks.'
		],
		1
	],
	['nothing said: the first sentence', ['The moon has no air to speak of.', 'The sun is hot and made of plasma.'], 0]
];

test.each(KINDS)('%s', (_, sentences, gist) => {
	expect(gistOf(sentences)).toBe(gist);
});

test('of no sentences there is none', () => {
	expect(gistOf([])).toBe(-1);
});

const TRIMMED: [sentence: string, shown: string][] = [
	[
		'Building on these efforts, we propose the Masked Temporal Interpolation model.',
		'We propose the Masked Temporal Interpolation model.'
	],
	[
		'In this work, we introduce a task of textual scene decomposition.',
		'We introduce a task of textual scene decomposition.'
	],
	['In this paper we prove a theorem about every finite group.', 'We prove a theorem about every finite group.'],
	['To this end, this paper presents a faster way to mask images.', 'This paper presents a faster way to mask images.'],
	['In this paper, to address the above issues, we propose a novel framework.', 'We propose a novel framework.'],
	['To address these challenges of long videos, we present MaskNet for all.', 'We present MaskNet for all.'],
	[
		'Therefore, in this study, the effect of masks on learning is examined.',
		'The effect of masks on learning is examined.'
	],
	['To reduce the cost of long videos, we propose MaskNet.', 'To reduce the cost of long videos, we propose MaskNet.'],
	['In this paper, masks are studied.', 'In this paper, masks are studied.'],
	['We propose a mask.', 'We propose a mask.'],
	['Here, we ask.', 'Here, we ask.']
];

describe('a sentence on its own', () => {
	test.each(TRIMMED)('%s', (sentence, shown) => {
		expect(trimmed(sentence)).toBe(shown);
	});
});
