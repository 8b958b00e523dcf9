import { type RawBuilder, sql } from 'kysely';
import { folded } from '#server/text/words.ts';
import {
	all,
	any,
	attributeQuery,
	joinedQuery,
	not,
	phraseQuery,
	versionQuery,
	wordQuery,
	yearQuery
} from './lexemes.ts';
import type { Field, Leaf, Tree } from './tree.ts';

/** What must hold of a paper's lexemes, and what else; null is nothing. */
interface Condition {
	query: string | null;
	rest: RawBuilder<boolean> | null;
}

type Word = Extract<Leaf, { kind: 'word' }>;

/**
 * What a query asks of a row of `paper_words`, never null. As much as possible is one tsquery, so that the index answers it in
 * one go.
 */
export function conditionOf(tree: Tree): RawBuilder<boolean> {
	return inSql(conditionsOf(tree, shareOf(tree)));
}

/** How many papers are read for each phrase. */
export function shareOf(tree: Tree): number {
	return Math.floor(MOST_READ / Math.max(1, queriesOfPhrases(tree).length));
}

/** For each phrase what a paper with it surely has; null where that is nothing. */
export function queriesOfPhrases(tree: Tree): (string | null)[] {
	if (tree.kind === 'and' || tree.kind === 'or') return tree.parts.flatMap(queriesOfPhrases);
	if (tree.kind === 'not') return queriesOfPhrases(tree.part);
	return tree.kind === 'phrase' ? [phraseQuery(tree.field, tree.text)] : [];
}

function conditionsOf(tree: Tree, share: number): Condition {
	if (tree.kind === 'and') return allOfThem(partsOf(tree.parts, share));
	if (tree.kind === 'or') return anyOfThem(tree.parts.map((part) => conditionsOf(part, share)));
	if (tree.kind === 'not') return opposite(conditionsOf(tree.part, share));
	if (tree.kind === 'word') return lexical(wordQuery(tree.field, tree.text));
	if (tree.kind === 'phrase') return phraseCondition(tree.field, tree.text, share);
	return tree.kind === 'range' ? rangeCondition(tree) : attributeCondition(tree);
}

/** The parts of a list; a word may also be there as one with its neighbour. */
function partsOf(parts: readonly Tree[], share: number): Condition[] {
	return parts.map((part, at) => {
		if (part.kind !== 'word') return conditionsOf(part, share);
		const [before, after] = [joined(parts[at - 1], part), joined(part, parts[at + 1])];
		return lexical(any([wordQuery(part.field, part.text), ...before, ...after]));
	});
}

function joined(first: Tree | undefined, second: Tree | undefined): string[] {
	if (!isWord(first) || !isWord(second) || first.field !== second.field) return [];
	return [joinedQuery(first.field, first.text, second.text)].filter((query) => query !== null);
}

function isWord(tree: Tree | undefined): tree is Word {
	return tree?.kind === 'word';
}

function lexical(query: string): Condition {
	return { query, rest: null };
}

function allOfThem(conditions: readonly Condition[]): Condition {
	const queries = conditions.flatMap(({ query }) => query ?? []);
	const rests = conditions.flatMap(({ rest }) => rest ?? []);
	return {
		query: queries.length > 0 ? all(queries) : null,
		rest: rests.length > 0 ? sql<boolean>`${sql.join(rests, sql` and `)}` : null
	};
}

function anyOfThem(conditions: readonly Condition[]): Condition {
	const lexicals = conditions.filter(({ rest }) => rest === null).map(({ query }) => query!);
	const others = conditions.filter(({ rest }) => rest !== null);
	if (others.length === 0) return lexical(any(lexicals));
	const choices = [...(lexicals.length > 0 ? [lexical(any(lexicals))] : []), ...others].map(inSql);
	return { query: null, rest: sql<boolean>`(${sql.join(choices, sql` or `)})` };
}

function opposite(condition: Condition): Condition {
	if (condition.rest === null) return lexical(not(condition.query!));
	return { query: null, rest: sql<boolean>`not ${inSql(condition)}` };
}

function inSql({ query, rest }: Condition): RawBuilder<boolean> {
	const parts = [
		...(query === null ? [] : [sql<boolean>`paper_words.lexemes @@ ${query}::tsquery`]),
		...(rest ? [rest] : [])
	];
	return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

// The sections of `words`: title, abstract, compounds of either, names. Two are put together with two spaces between.
const SECTIONS: Readonly<Record<Field, RawBuilder<string>>> = {
	any: sql`paper_words.words`,
	title: sql`split_part(paper_words.words, '|', 1) || split_part(paper_words.words, '|', 3)`,
	abstract: sql`split_part(paper_words.words, '|', 2) || split_part(paper_words.words, '|', 4)`,
	author: sql`split_part(paper_words.words, '|', 5)`
};

/**
 * A phrase is looked for in the words of papers that have its words: 10,000 take PostgreSQL in WebAssembly 60 ms, and nothing
 * could end it. The phrases of a query share them.
 */
const MOST_READ = 10_000;

function phraseCondition(field: Field, text: string, share: number): Condition {
	const query = phraseQuery(field, text);
	const isThere = sql<boolean>`position(${` ${folded(text)} `} in ${SECTIONS[field]}) > 0`;
	// A list that does not depend on the row is made once for a statement, however often that asks.
	const found = sql<boolean>`paper_words.paper_id = any(array(
		select paper_id from (
			select paper_id, words from paper_words
			where ${query === null ? sql`true` : sql`lexemes @@ ${query}::tsquery`} limit ${sql.lit(share)}
		) paper_words where ${isThere}
	))`;
	return { query: null, rest: found };
}

function rangeCondition({ name, from, to }: Extract<Leaf, { kind: 'range' }>): Condition {
	if (name === 'year') return lexical(yearQuery(from, to));
	if (name === 'version') return lexical(versionQuery(from, to));
	const bounds = [
		sql<boolean>`paper_words.day is not null`,
		...(from === null ? [] : [sql<boolean>`paper_words.day >= ${from}::date`]),
		...(to === null ? [] : [sql<boolean>`paper_words.day <= ${to}::date`])
	];
	return { query: null, rest: sql<boolean>`${sql.join(bounds, sql` and `)}` };
}

function attributeCondition(leaf: Extract<Leaf, { kind: 'attribute' }>): Condition {
	if (leaf.name === 'id')
		return {
			query: null,
			rest: sql<boolean>`paper_words.paper_id = coalesce((select id from paper where key = ${leaf.value}), 0)`
		};
	if (leaf.name !== 'organisation') return lexical(attributeQuery(leaf));
	return { query: null, rest: sql<boolean>`paper_words.lexemes @@ ${organisationQuery(leaf.value)}` };
}

/** A handle or a whole name, however capitalised; names need not be unique. */
function organisationQuery(named: string) {
	const name = named.replace(/[\\%_]/g, '\\$&');
	return sql`coalesce((
		select string_agg(quote_literal('o:' || lower(handle)), ' | ') from organisation
		where lower(handle) = ${named.toLowerCase()} or name ilike ${name}
	), '''?''')::tsquery`;
}
