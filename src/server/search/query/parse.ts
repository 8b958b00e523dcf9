import { oneLine } from '#server/text/one-line.ts';
import { idsLeaf, leafOf, newReading, oddLeaf, type Reading } from './leaves.ts';
import { MOST_CHARACTERS, type Note, notesOf } from './notes.ts';
import { papersNamed } from './papers-named.ts';
import { type FieldName, type Token, tokensOf } from './tokens.ts';
import { allOf, anyOf, idsOf, notOf, type Tree } from './tree.ts';

export interface ParsedQuery {
	/** Null where nothing is asked for. */
	tree: Tree | null;
	notes: Note[];
	/** Keys of papers, where the whole query names papers by id or address. */
	ids: string[];
}

/**
 * Reads any text as a query; there is none that it refuses. What stands side by side must hold together and binds closer
 * than OR: `a b OR c` is (a and b) or c. Takes time in proportion to the text.
 */
export function parseQuery(q: string): ParsedQuery {
	const text = readable(q);
	const reading = newReading();
	const keys = papersNamed(text).map(({ key }) => key);
	const tree = keys.length > 0 ? idsLeaf(reading, keys) : treeOf(tokensOf(text), reading);
	return { tree, notes: notesOf(reading, tree, q.length > MOST_CHARACTERS), ids: idsOf(tree) };
}

/** One line without what is not seen; of all marks that quote, one. */
function readable(q: string) {
	return oneLine(q.slice(0, MOST_CHARACTERS)).replace(/[“”„‟«»＂]/g, '"');
}

/** A pair of parentheses that is open; the outermost is the query. */
interface Group {
	field: FieldName;
	alternatives: Tree[][];
	/** Whether something was said since the last OR. */
	hasPart: boolean;
	isNegated: boolean;
	/** An operator that waits for what it is about. */
	waiting: string | null;
}

/** By a stack of its own: a thousand parentheses are no deeper than one. */
function treeOf(tokens: readonly Token[], reading: Reading): Tree | null {
	const outer = newGroup('any');
	const open = [outer];
	for (const token of tokens) take(open, token, reading);
	if (open.length > 1) reading.isUnbalanced = true;
	while (open.length > 1) close(open, reading);
	return finished(outer, reading);
}

function newGroup(field: FieldName): Group {
	return { field, alternatives: [[]], hasPart: false, isNegated: false, waiting: null };
}

function take(open: Group[], token: Token, reading: Reading) {
	const group = open.at(-1)!;
	if (token.kind === 'open') open.push(newGroup(token.field ?? group.field));
	else if (token.kind === 'close' && open.length > 1) close(open, reading);
	else if (token.kind === 'close' || token.kind === 'stray') reading.isUnbalanced = true;
	else if (token.kind === 'operator') operate(group, token, reading);
	else add(group, token.kind === 'text' ? leafOf(reading, token, group.field) : oddLeaf(reading, token.typed));
}

function close(open: Group[], reading: Reading) {
	const closed = finished(open.pop()!, reading);
	add(open.at(-1)!, closed);
}

function add(group: Group, tree: Tree | null) {
	if (tree) group.alternatives.at(-1)!.push(group.isNegated ? notOf(tree) : tree);
	group.hasPart = true;
	group.isNegated = false;
	group.waiting = null;
}

function operate(group: Group, { operator, typed }: Extract<Token, { kind: 'operator' }>, reading: Reading) {
	if (operator === 'NOT') {
		group.isNegated = !group.isNegated;
		group.waiting = typed;
	} else if (!group.hasPart || group.waiting !== null) {
		addLone(group, typed, reading);
	} else {
		group.waiting = typed;
		if (operator === 'OR') startAlternative(group);
	}
}

function startAlternative(group: Group) {
	group.alternatives.push([]);
	group.hasPart = false;
}

/** An operator with nothing to work on is a word. */
function addLone(group: Group, typed: string, reading: Reading) {
	group.isNegated = false;
	add(group, oddLeaf(reading, typed));
}

function finished(group: Group, reading: Reading): Tree | null {
	if (group.waiting !== null && group.waiting !== '-') addLone(group, group.waiting, reading);
	return anyOf(group.alternatives.flatMap((parts) => allOf(parts) ?? []));
}
