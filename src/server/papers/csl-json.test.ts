import { expect, test } from 'vitest';
import type { CitedPaper } from './cited-paper.ts';
import { cslJsonOf } from './csl-json.ts';

const paper: CitedPaper = {
	key: '2407.13036',
	title: 'ColorMAE',
	authors: ['Carlos Hinojosa', 'Aäron van den Oord', 'John Smith Jr.', 'Kimi Team', ':'],
	author_count: null,
	published: '2024-07-17',
	version: 2,
	primary_category: 'cs.CV',
	categories: ['cs.CV', 'cs.LG'],
	doi: null,
	journal_ref: null,
	abstract: 'Two\nlines.',
	url: 'https://arxiv.org/abs/2407.13036'
};

test('a preprint is written whole', () => {
	expect(cslJsonOf(paper)).toEqual({
		id: '2407.13036',
		type: 'article',
		title: 'ColorMAE',
		author: [
			{ given: 'Carlos', family: 'Hinojosa' },
			{ given: 'Aäron', 'non-dropping-particle': 'van den', family: 'Oord' },
			{ given: 'John', family: 'Smith', suffix: 'Jr.' },
			{ literal: 'Kimi Team' }
		],
		issued: { 'date-parts': [[2024, 7, 17]] },
		publisher: 'arXiv',
		number: 'arXiv:2407.13036',
		version: '2',
		abstract: 'Two lines.',
		categories: ['cs.CV', 'cs.LG'],
		DOI: '10.48550/arXiv.2407.13036',
		URL: 'https://arxiv.org/abs/2407.13036'
	});
});

test('what appeared in a journal is an article of that year', () => {
	const item = cslJsonOf({ ...paper, journal_ref: 'Nature 1, 2 (2025)', doi: '10.1038/x' });
	expect(item).toMatchObject({
		type: 'article-journal',
		'container-title': 'Nature 1, 2 (2025)',
		DOI: '10.1038/x',
		issued: { 'date-parts': [[2025]] }
	});
	expect(item).not.toHaveProperty('publisher');
});

test('what is not known is left out', () => {
	const bare = { ...paper, key: '10.1101/339747', authors: [], published: null, version: null, categories: [] };
	expect(Object.keys(cslJsonOf(bare))).toEqual(['id', 'type', 'title', 'abstract', 'DOI', 'URL']);
});
