import type { Db } from '#server/db/database.ts';
import type { Filters } from './search-page.ts';

/** A map, since a value is whatever stands in an address: `constructor` is a word of every object. */
const WORDS: ReadonlyMap<string, string> = new Map([
	['code', 'code'],
	['project', 'project page'],
	['none', 'not given'],
	['cc-by', 'CC BY'],
	['cc-by-sa', 'CC BY-SA'],
	['cc-by-nc', 'CC BY-NC'],
	['cc-by-nd', 'CC BY-ND'],
	['cc-by-nc-sa', 'CC BY-NC-SA'],
	['cc-by-nc-nd', 'CC BY-NC-ND'],
	['cc0', 'CC0'],
	['arxiv', 'arXiv’s own'],
	['other', 'another']
]);

/** How values of facets are called: organisations and people by their names, the rest in words. */
export async function facetLabels(
	db: Db,
	facets: readonly { name: keyof Filters; values: readonly { value: string }[] }[]
) {
	const valuesOf = (wanted: keyof Filters) =>
		facets.flatMap(({ name, values }) => (name === wanted ? values.map(({ value }) => value) : []));
	const [organisations, people] = [
		await organisationNames(db, valuesOf('organisation')),
		await peoplesNames(db, valuesOf('author'))
	];
	return (name: keyof Filters, value: string) => {
		if (name === 'organisation') return organisations.get(value.toLowerCase()) ?? value;
		if (name === 'author') return people.get(value) ?? value;
		return WORDS.get(value) ?? value;
	};
}

async function organisationNames(db: Db, handles: readonly string[]) {
	if (handles.length === 0) return new Map<string, string>();
	const rows = await db
		.selectFrom('organisation')
		.select(['handle', 'name'])
		.where(
			(eb) => eb.fn<string>('lower', ['handle']),
			'in',
			handles.map((handle) => handle.toLowerCase())
		)
		.execute();
	return new Map(rows.map(({ handle, name }) => [handle.toLowerCase(), name]));
}

/** As they are spelled on one of their papers. */
async function peoplesNames(db: Db, keys: readonly string[]) {
	if (keys.length === 0) return new Map<string, string>();
	const rows = await db
		.selectFrom('paper_author')
		.distinctOn('name_key')
		.select(['name_key', 'name'])
		.where('name_key', 'in', keys)
		.orderBy('name_key')
		.execute();
	return new Map(rows.map(({ name_key, name }) => [name_key, name]));
}
