import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paperWordsOf } from '#server/papers/paper-words.ts';
import { learnVectors } from './meaning/learn.ts';
import { wordVectors } from './meaning/word-vectors.ts';
import { parseQuery } from './query/parse.ts';
import { phrasesOf, termsOf } from './query/terms.ts';
import { type Candidate, type Corpus, rank } from './rank.ts';

interface Text {
	title?: string;
	abstract?: string;
	authors?: string[];
	day?: string;
}

/** So many of a thousand papers have these stems; 20 have any other. */
function corpusWith(papersWith: Record<string, number> = {}): Corpus {
	return { papers: 1000, averageTitle: 4, averageAbstract: 8, papersWith: (stem) => papersWith[stem] ?? 20 };
}

function candidate(
	{ title = 'A title', abstract = 'We prove it.', authors = [], day = '2026-01-30' }: Text,
	id: number
): Candidate {
	const facts = {
		published: null,
		announced: null,
		categories: [],
		organisation: null,
		hasCode: false,
		hasProject: false
	};
	const { words } = paperWordsOf({ title, abstract, authors, day, ...facts, licence: null, version: null });
	return { id, words, day };
}

function ranked(q: string, texts: readonly Text[], corpus = corpusWith()) {
	const { tree } = parseQuery(q);
	return rank({ terms: termsOf(tree), phrases: phrasesOf(tree) }, texts.map(candidate), corpus);
}

/** Which of two comes first, whichever is given first. */
function better(q: string, one: Text, other: Text, corpus?: Corpus) {
	const orders = [ranked(q, [one, other], corpus), ranked(q, [other, one], corpus)];
	const firsts = orders.map(([first], turned) => (first!.id === turned ? 'one' : 'other'));
	expect(firsts[0]).toBe(firsts[1]);
	expect(orders[0]![0]!.score).toBeGreaterThan(orders[0]![1]!.score);
	return firsts[0];
}

describe('of two papers the first comes before the second', () => {
	const padding = 'Here much else is said about things of other kinds in general, and then more.';
	const cases: [signal: string, q: string, one: Text, other: Text, papersWith?: Record<string, number>][] = [
		['a word in the title', 'masking', { title: 'Masking pictures' }, { abstract: 'Masking pictures.' }],
		[
			'the word more often',
			'masking',
			{ abstract: 'Masks upon masks. It ends.' },
			{ abstract: 'Masks upon hats. It ends.' }
		],
		['the word in a shorter text', 'masking', { abstract: 'Masks.' }, { abstract: `Masks. ${padding}` }],
		[
			'both words',
			'masked pictures',
			{ abstract: 'A masked one of pictures.' },
			{ abstract: 'A masked, masked, masked, masked one.' }
		],
		[
			'the rarer word',
			'gated networks',
			{ abstract: 'Gated things.' },
			{ abstract: 'Networks things.' },
			{ network: 500, gate: 5 }
		],
		[
			'neighbours as asked',
			'masked picture',
			{ abstract: 'The masked picture and tests' },
			{ abstract: 'The picture masked and tests' }
		],
		[
			'all of the title asked for',
			'sparse attention',
			{ title: 'Sparse attention' },
			{ title: 'Sparse attention helps models' }
		],
		['a part of a name', 'net', { abstract: 'MaskNet is new' }, { abstract: 'Masknets is new' }],
		[
			'a compound written as one',
			'k-means',
			{ abstract: 'Fast kmeans now' },
			{ abstract: 'Fast means now' },
			{ mean: 900, k: 300 }
		],
		[
			'a compound written apart',
			'pre training',
			{ abstract: 'Good pretraining here' },
			{ abstract: 'Good posttraining here' }
		],
		['its parts', 'MaskNet', { abstract: 'A mask, a net' }, { abstract: 'A hat, a coat' }],
		['a name written together', 'MaskNet', { abstract: 'MaskNet is new' }, { abstract: 'A mask, a net' }],
		[
			'a name of its author',
			'He pictures',
			{ authors: ['Kaiming He'], abstract: 'Of pictures' },
			{ authors: ['Ann Lee'], abstract: 'Of pictures' }
		],
		[
			'the author it asks for',
			'author:lee',
			{ authors: ['Ann Lee'] },
			{ authors: ['Ann Bo'], title: 'Lee bounds', abstract: 'Lee.' }
		],
		[
			'the title it asks for',
			'title:masks',
			{ title: 'Masks' },
			{ title: 'A thing', abstract: 'Masks, masks and masks.' }
		],
		['the abstract it asks for', 'abstract:masks', { abstract: 'Masks.' }, { title: 'Masks', abstract: 'A thing.' }]
	];
	test.each(cases)('by %s: %s', (_, q, one, other, papersWith) => {
		expect(better(q, one, other, corpusWith(papersWith))).toBe('one');
	});
});

describe('by meaning', () => {
	const ships = [
		'ship sail harbour wind',
		'ship harbour anchor',
		'sail wind anchor ship',
		'harbour vessel sail anchor',
		'vessel wind harbour'
	];
	const bread = [
		'bread oven flour yeast',
		'bread flour dough',
		'oven yeast dough bread',
		'loaf flour oven dough',
		'loaf yeast flour'
	];
	const vectors = wordVectors(
		learnVectors(
			[...ships, ...bread].map((text) => text.split(' ')),
			4
		)
	);
	const corpus = { ...corpusWith(), vectors };

	test('a text that says it in other words is known as near, and as having no word of the query', () => {
		const order = ranked('ship', [{ abstract: 'Loaf and oven' }, { abstract: 'Vessel and sail' }], corpus);
		expect(order.map(({ id, byMeaning }) => [id, byMeaning])).toEqual([
			[1, true],
			[0, true]
		]);
		expect(order[0]!.parts.meaning).toBeGreaterThan(5 * order[1]!.parts.meaning!);
	});

	test('it never stands against the word itself', () => {
		const order = ranked(
			'ship',
			[{ abstract: 'Vessel, sail, wind, harbour' }, { abstract: 'Ship of bread and flour' }],
			corpus
		);
		expect(order.map(({ id, byMeaning }) => [id, byMeaning])).toEqual([
			[1, false],
			[0, true]
		]);
	});

	test('of a site that has learned nothing yet there is none', () => {
		expect(ranked('ship', [{ abstract: 'Ship' }])[0]!.parts).not.toHaveProperty('meaning');
	});
});

test('of equals the newest comes first, one without a day last', () => {
	const same = ['2024-01-01', '2026-01-01', undefined].map((day) =>
		candidate({ title: 'Masks', ...(day ? { day } : {}) }, Number(day?.slice(0, 4) ?? 1))
	);
	same[2]!.day = null;
	const { tree } = parseQuery('masks');
	expect(rank({ terms: termsOf(tree), phrases: [] }, same, corpusWith()).map(({ id }) => id)).toEqual([2026, 2024, 1]);
});

test('any query and any papers: each comes once, with a score that is a number', () => {
	const text = fc
		.array(fc.constantFrom('mask', 'net', 'MaskNet', 'k-means', 'the', '', 'β-VAE', '|', '"'), { maxLength: 8 })
		.map((words) => words.join(' '));
	fc.assert(
		fc.property(text, fc.array(fc.record({ title: text, abstract: text }), { maxLength: 6 }), (q, texts) => {
			const order = ranked(q, texts);
			expect(order.map(({ id }) => id).sort((one, other) => one - other)).toEqual(texts.map((_, id) => id));
			expect(order.every(({ score }) => Number.isFinite(score))).toBe(true);
		})
	);
});
