import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { facetLabels } from './facet-labels.ts';
import { FILTERS, PREFIXES, withoutFilter } from './filters.ts';
import { wantedBy } from './findable.ts';
import { hitsOf } from './hits.ts';
import type { Tree } from './query/tree.ts';
import type { Facet, FacetValue, Filters } from './search-page.ts';

/** The papers over which facets are counted: 1,000 take 5 ms, and their names as long again. */
export const FACETS_OVER = 1_000;
const SHOWN = 8;
const YEARS_SHOWN = 12;

type Counted = { value: string; papers: number };

interface Asked {
	tree: Tree | null;
	filters: Filters;
	/** The papers that were found, the best first. */
	ids: readonly number[];
}

/**
 * What papers have in common, counted: those that were found, and for a filter of which something is chosen those that the
 * other filters leave, so that a second value can be added to the first.
 */
export async function facetsOf(db: Db, { tree, filters, ids }: Asked): Promise<Facet[]> {
	const here = await attributesOn(db, ids);
	const facets = [];
	for (const name of FILTERS) {
		const papers = filters[name].length > 0 ? await withoutThe(db, name, { tree, filters }) : ids;
		const counted =
			name === 'author'
				? await namesOn(db, papers)
				: valuesOf(papers === ids ? here : await attributesOn(db, papers), name);
		facets.push({ name, values: shownOf(name, counted, filters[name]) });
	}
	return labelled(db, facets);
}

/** The papers that the other filters leave. */
async function withoutThe(db: Db, name: keyof Filters, { tree, filters }: Omit<Asked, 'ids'>) {
	return (await hitsOf(db, wantedBy(tree, withoutFilter(filters, name)).condition)).ids;
}

/** Attributes lie beside the day, so nothing is unpacked. */
async function attributesOn(db: Db, ids: readonly number[]): Promise<Counted[]> {
	const { rows } = await sql<Counted>`
		select value, count(*) as papers from paper_words, unnest(attributes) value
		where paper_id = any(${ids.slice(0, FACETS_OVER)}::bigint[])
		group by value order by papers desc, value`.execute(db);
	return rows;
}

function valuesOf(attributes: readonly Counted[], name: keyof typeof PREFIXES): Counted[] {
	const prefix = PREFIXES[name];
	return attributes
		.filter(({ value }) => value.startsWith(prefix))
		.map(({ value, papers }) => ({ value: value.slice(prefix.length), papers }));
}

/** Who is named on two of the papers or more. */
async function namesOn(db: Db, ids: readonly number[]): Promise<Counted[]> {
	const { rows } = await sql<Counted>`
		select name_key as value, count(*) as papers from paper_author
		where paper_id = any(${ids.slice(0, FACETS_OVER)}::bigint[])
		group by name_key having count(*) > 1 order by papers desc, name_key limit ${sql.lit(SHOWN)}`.execute(db);
	return rows;
}

/** The most frequent values, and those that are chosen, in any case; years from the latest. */
function shownOf(
	name: keyof Filters,
	counts: readonly Counted[],
	chosen: readonly string[]
): Omit<FacetValue, 'label'>[] {
	const isChosen = (value: string) => chosen.some((one) => one.toLowerCase() === value.toLowerCase());
	const most = name === 'year' ? YEARS_SHOWN : SHOWN;
	const shown = counts.filter(({ value }, place) => place < most || isChosen(value));
	const absent = chosen.filter((one) => !counts.some(({ value }) => value.toLowerCase() === one.toLowerCase()));
	const values = [...shown, ...absent.map((value) => ({ value, papers: 0 }))];
	const inOrder = name === 'year' ? values.toSorted((a, b) => yearOrder(a.value, b.value)) : values;
	return inOrder.map(({ value, papers }) => ({ value, papers, isChosen: isChosen(value) }));
}

/** The latest first; `none`, which is no year, last. */
function yearOrder(a: string, b: string) {
	return Number(a === 'none') - Number(b === 'none') || (a < b ? 1 : -1);
}

async function labelled(
	db: Db,
	facets: readonly { name: keyof Filters; values: Omit<FacetValue, 'label'>[] }[]
): Promise<Facet[]> {
	const labels = await facetLabels(db, facets);
	return facets.map(({ name, values }) => ({
		name,
		values: values.map((value) => ({ ...value, label: labels(name, value.value) }))
	}));
}
