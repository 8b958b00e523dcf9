// For tests alone: what a query means, said without a database.
import { makeRecord } from '#server/papers/make.ts';
import { isStopWord, stemOf, type Word, wordsIn } from '#server/text/words.ts';
import type { Field, Leaf, Tree } from './tree.ts';

/** A paper over the same few words as the trees of make.ts. */
export interface PaperOfTest {
	key: string;
	title: string;
	abstract: string;
	authors: string[];
	categories: string[];
	published: string | null;
	versions: number;
	organisation: { handle: string; name: string } | null;
	code: string | null;
	license: string | null;
}

const KAUST = { handle: 'KAUST', name: 'King Abdullah University' };
const CC_BY = 'http://creativecommons.org/licenses/by/4.0/';

/** In the order of their keys. */
export const PAPERS: PaperOfTest[] = [
	paper('The mask patch', 'Masks of the token.', ['Saining Xie', 'Adrian Del Maestro'], 'cs.CV', '2023-05-01', 1),
	paper('Masked pre-training of patches', 'A token is learning.', ['Del Xie'], 'cs.LG cs.CV', '2024-01-15', 2),
	paper('MaskNet', 'The patch the token', ['Maestro Mask'], 'hep-th', '2024-02-29', 3),
	paper('Pretraining', 'Pre training end to end with k means', ['K. Means'], 'cs.CL', '1998-01-01', 4),
	paper('End-to-end learning', 'of k-means and kmeans', ['Del Maestro'], 'math.CO', null, 1),
	paper('Colour of the patch', 'Learning a mask net; ResNet 50', ['X. Token'], 'cs.CV', '2025-12-31', 2),
	paper('ResNet50: token colors', 'Masking patches', [], 'cs.AI hep-th', '2019-07-07', 1),
	paper('Learning', 'Mask: patch. End', ['A. Masking-Patch'], 'stat.ML', '2024-02-01', 12)
].map((fields, at) => ({
	...fields,
	key: `2401.0000${at + 1}`,
	organisation: at % 3 === 0 ? KAUST : null,
	code: at % 2 === 0 ? 'https://github.com/a/b' : null,
	license: at % 4 < 2 ? CC_BY : null
}));

export function recordOf({ key, ...fields }: PaperOfTest) {
	return makeRecord({ id: key, ...fields, organization: fields.organisation, primary_category: fields.categories[0] });
}

/** Whether the paper is one of those that the query asks for. */
export function isOf(paper: PaperOfTest, tree: Tree): boolean {
	if (tree.kind === 'not') return !isOf(paper, tree.part);
	if (tree.kind === 'or') return tree.parts.some((part) => isOf(paper, part));
	if (tree.kind !== 'and') return hasLeaf(paper, tree);
	return tree.parts.every(
		(part, at) =>
			isOf(paper, part) || hasBoth(paper, tree.parts[at - 1], part) || hasBoth(paper, part, tree.parts[at + 1])
	);
}

function hasBoth(paper: PaperOfTest, one?: Tree, other?: Tree) {
	if (one?.kind !== 'word' || other?.kind !== 'word' || one.field !== other.field || one.field === 'author')
		return false;
	if (!/^[a-z]+$/i.test(one.text + other.text)) return false;
	return stemsIn(paper, one.field).has(stemOf((one.text + other.text).toLowerCase()));
}

function hasLeaf(paper: PaperOfTest, leaf: Leaf): boolean {
	if (leaf.kind === 'word') return hasWord(paper, leaf.field, leaf.text);
	if (leaf.kind === 'phrase')
		return sectionsFor(paper, leaf.field).some((words) => ` ${words} `.includes(` ${wordsOf(leaf.text, ['plain'])} `));
	return leaf.kind === 'range' ? isInRange(paper, leaf) : hasAttribute(paper, leaf);
}

function hasWord(paper: PaperOfTest, field: Field, text: string) {
	const words = wordsIn(text);
	const inNames = field === 'any' || field === 'author';
	return (
		(field !== 'author' && hasInText(stemsIn(paper, field), words)) || (inNames && hasInNames(paper, words, field))
	);
}

function hasInText(stems: ReadonlySet<string>, words: readonly Word[]) {
	if (words.some(({ kind, stem }) => kind === 'joined' && stems.has(stem))) return true;
	const plain = words.filter(({ kind }) => kind === 'plain');
	const telling = new Set(plain.filter(({ word }) => !isStopWord(word)).map(({ stem }) => stem));
	if (plain.length > 1) return telling.size > 1 && [...telling].every((stem) => stems.has(stem));
	const pieces = words.filter(({ kind }) => kind === 'part');
	const ways = [
		[plain[0]!.word],
		pieces.map(({ word }) => word),
		pieces.flatMap(({ word }) => (word === 'resnet' ? [] : word))
	];
	if (plain[0]!.word === 'resnet50') ways.push(['resnet', '50']);
	return ways.some((way) => way.length > 0 && way.every((word) => stems.has(stemOf(word))));
}

function hasInNames({ authors }: PaperOfTest, words: readonly Word[], field: Field) {
	const names = new Set(
		authors.flatMap((name) =>
			wordsIn(name)
				.filter(({ kind }) => kind !== 'part')
				.map(({ word }) => word)
		)
	);
	const hasName = (word: string) =>
		names.has(word) || (field === 'author' && word.length === 1 && [...names].some((name) => name.startsWith(word)));
	const [plain, joined] = (['plain', 'joined'] as const).map((wanted) => words.filter(({ kind }) => kind === wanted));
	return joined!.some(({ word }) => names.has(word)) || plain!.every(({ word }) => hasName(word));
}

function stemsIn({ title, abstract }: PaperOfTest, field: Field) {
	const texts = field === 'any' ? [title, abstract] : [field === 'title' ? title : abstract];
	return new Set(texts.flatMap((text) => wordsIn(text).flatMap(({ word, stem }) => (isStopWord(word) ? [] : stem))));
}

function sectionsFor({ title, abstract, authors }: PaperOfTest, field: Field) {
	const texts = { any: [title, abstract], title: [title], abstract: [abstract], author: [] }[field];
	const names =
		field === 'any' || field === 'author' ? [authors.map((name) => wordsOf(name, ['plain'])).join(' ')] : [];
	return [...texts.flatMap((text) => [wordsOf(text, ['plain']), wordsOf(text, ['joined', 'part'])]), ...names];
}

function wordsOf(text: string, kinds: Word['kind'][]) {
	const words = wordsIn(text).filter(({ kind }) => kinds.includes(kind));
	return words.map(({ word }) => word).join(' ');
}

function isInRange({ published, versions }: PaperOfTest, { name, from, to }: Extract<Leaf, { kind: 'range' }>) {
	if (name === 'version') return versions >= Number(from ?? 1) && versions <= Number(to ?? Infinity);
	if (published === null) return false;
	const value = name === 'year' ? published.slice(0, 4) : published;
	return value >= (from ?? '') && value <= (to ?? '9999');
}

function hasAttribute(paper: PaperOfTest, { name, value }: Extract<Leaf, { kind: 'attribute' }>) {
	if (name === 'id') return paper.key === value;
	if (name === 'category')
		return paper.categories.some((category) => category === value || category.startsWith(`${value}.`));
	if (name === 'has') return value === 'code' && paper.code !== null;
	if (name === 'licence') return value === 'cc-by' && paper.license !== null;
	return paper.organisation !== null && (value.toUpperCase() === KAUST.handle || value === KAUST.name);
}

function paper(
	title: string,
	abstract: string,
	authors: string[],
	categories: string,
	published: string | null,
	versions: number
) {
	return { title, abstract, authors, categories: categories.split(' '), published, versions };
}
