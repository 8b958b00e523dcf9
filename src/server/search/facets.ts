import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { both, filterCondition, FILTERS, PREFIXES } from './filters.ts';
import { facetLabels } from './facet-labels.ts';
import { type Hits, hitsOf } from './hits.ts';
import type { Facet, FacetValue, Filters } from './search-page.ts';

/** Names are in a table of their own, five a paper, so fewer papers are looked at. */
const NAMED = 1_000;
const SHOWN = 8;
const YEARS_SHOWN = 12;

type Counted = { value: string; papers: number };

/**
 * What papers have in common, counted: those that were found, and for a filter of which something is chosen those that the
 * other filters leave, so that a second value can be added to the first.
 */
export async function facetsOf(
	db: Db,
	{ hits, condition, filters }: { hits: Hits; condition: RawBuilder<boolean> | null; filters: Filters }
): Promise<Facet[]> {
	const counts = new Map(FILTERS.map((name) => [name, hits]));
	for (const name of FILTERS.filter((filter) => filters[filter].length > 0))
		counts.set(name, await hitsOf(db, both(condition, filterCondition(filters, name))));
	const facets = [];
	for (const name of FILTERS) {
		const counted =
			name === 'author' ? await namesOn(db, counts.get(name)!) : attributesIn(counts.get(name)!, PREFIXES[name]);
		facets.push({ name, values: shownOf(name, counted, filters[name]) });
	}
	return labelled(db, facets);
}

function attributesIn({ attributes }: Hits, prefix: string): Counted[] {
	return attributes
		.filter(({ value }) => value.startsWith(prefix))
		.map(({ value, papers }) => ({ value: value.slice(prefix.length), papers }));
}

/** Who is named on two of the first papers or more. */
async function namesOn(db: Db, { ids }: Hits): Promise<Counted[]> {
	const { rows } = await sql<Counted>`
		select name_key as value, count(*) as papers from paper_author
		where paper_id = any(${ids.slice(0, NAMED)}::bigint[])
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
