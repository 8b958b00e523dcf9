import { printedRange } from './ranges.ts';
import type { Field, Leaf, Tree } from './tree.ts';

const NAMES = { category: 'category', organisation: 'org', has: 'has', licence: 'licence', id: 'id' } as const;
/** A value that needs no quotation marks. */
const SIMPLE = /^[\p{L}\p{N}.*/_][\p{L}\p{N}.*/_-]*$/u;

/** A query as plainly as it can be written. Reading it again gives the same tree. */
export function printQuery(tree: Tree | null): string {
	if (!tree) return '';
	if (tree.kind === 'or') return tree.parts.map((part) => printedPart(part)).join(' OR ');
	if (tree.kind === 'and') return tree.parts.map((part) => printedPart(part)).join(' ');
	if (tree.kind === 'not') return `-${printedPart(tree.part)}`;
	return printedLeaf(tree);
}

function printedPart(tree: Tree) {
	return tree.kind === 'and' || tree.kind === 'or' ? `(${printQuery(tree)})` : printQuery(tree);
}

function printedLeaf(leaf: Leaf): string {
	if (leaf.kind === 'word') return `${printedField(leaf.field)}${leaf.text}`;
	if (leaf.kind === 'phrase') return `${printedField(leaf.field)}"${leaf.text}"`;
	if (leaf.kind === 'range') return `${leaf.name}:${printedRange(leaf)}`;
	return `${NAMES[leaf.name]}:${SIMPLE.test(leaf.value) ? leaf.value : `"${leaf.value}"`}`;
}

function printedField(field: Field) {
	return field === 'any' ? '' : `${field}:`;
}
