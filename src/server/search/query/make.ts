import fc from 'fast-check';
import { allOf, anyOf, type Field, type Leaf, notOf, type Tree } from './tree.ts';

const WORDS =
	'mask masked masking MaskNet ResNet50 patch patches pre training pretraining pre-training k-means kmeans means token xie del maestro end-to-end learning colour color'.split(
		' '
	);
const word = fc.constantFrom(...WORDS);
const field = fc.constantFrom<Field>('any', 'any', 'title', 'abstract', 'author');
const phrase = fc.array(fc.oneof(word, fc.constantFrom('of', 'the')), { minLength: 1, maxLength: 3 });
const attributes: [name: 'category' | 'organisation' | 'has' | 'licence' | 'id', value: string][] = [
	['category', 'cs.CV'],
	['category', 'cs'],
	['category', 'hep-th'],
	['organisation', 'kaust'],
	['organisation', 'King Abdullah University'],
	['has', 'code'],
	['licence', 'cc-by'],
	['id', '2401.00001'],
	['id', 'hep-th/9901001']
];
const ranges: Extract<Leaf, { kind: 'range' }>[] = [
	{ kind: 'range', name: 'year', from: '2023', to: '2023' },
	{ kind: 'range', name: 'year', from: '1998', to: '2024' },
	{ kind: 'range', name: 'year', from: null, to: '2023' },
	{ kind: 'range', name: 'year', from: '2024', to: null },
	{ kind: 'range', name: 'date', from: '2023-05-01', to: '2024-01-15' },
	{ kind: 'range', name: 'date', from: '2024-02-01', to: '2024-02-29' },
	{ kind: 'range', name: 'date', from: null, to: '2024-02-29' },
	{ kind: 'range', name: 'version', from: '1', to: '1' },
	{ kind: 'range', name: 'version', from: '2', to: null },
	{ kind: 'range', name: 'version', from: '3', to: null },
	{ kind: 'range', name: 'version', from: '2', to: '3' },
	{ kind: 'range', name: 'version', from: null, to: '2' },
	{ kind: 'range', name: 'version', from: '1', to: null }
];

const leaves = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ kind: fc.constant('word' as const), field, text: word }) },
	{
		weight: 2,
		arbitrary: fc
			.record({ kind: fc.constant('phrase' as const), field, text: phrase.map((words) => words.join(' ')) })
			.filter(({ text, field }) => field === 'author' || !/^(?:(?:of|the)\s?)+$/.test(text))
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(...attributes).map(([name, value]) => ({ kind: 'attribute' as const, name, value }))
	},
	{ weight: 1, arbitrary: fc.constantFrom(...ranges) }
);

/** Trees as the parser makes them, over few words, so that papers of the same words are found. */
export const trees: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 3, depthSize: 'small' },
		{ weight: 3, arbitrary: leaves as fc.Arbitrary<Tree> },
		{ weight: 2, arbitrary: lists(tie('tree'), allOf) },
		{ weight: 1, arbitrary: lists(tie('tree'), anyOf) },
		{ weight: 1, arbitrary: tie('tree').map(notOf) }
	)
})).tree;

function lists(part: fc.Arbitrary<Tree>, make: (parts: Tree[]) => Tree | null) {
	return fc.array(part, { minLength: 2, maxLength: 3 }).map((parts) => make(parts)!);
}

const PIECES =
	`( ) " - : AND OR NOT ANDNOT ti: abs: au: cat: org: id: year: date: has: version: licence: foo: .. 2023 2024-01 >1
	cs.CV cs.* del_maestro 2401.12345 hep-th/9901001 https://arxiv.org/abs/2401.12345v2 /papers/2401.00001 10.1101/123456 [cs.CV] [202301010600 TO 202401010600]
	the of “hard patches” ' ’s \\ $\\alpha$ β-VAE k-means . , ; _ / * ? ! é 深度学习 \u0301 \u0338`.split(/\s/);

/** Queries as people, programs and attackers write them. */
export const queries = fc
	.array(
		fc.tuple(fc.oneof(word, fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })), fc.constantFrom('', ' ', ' ')),
		{
			maxLength: 50
		}
	)
	.map((pieces) => pieces.flat().join(''));
