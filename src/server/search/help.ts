import type { Db } from '#server/db/database.ts';
import { counted } from './candidates.ts';
import { FILTERS, withoutFilter } from './filters.ts';
import { wantedBy } from './findable.ts';
import { printQuery } from './query/print.ts';
import { allOf, type Tree } from './query/tree.ts';
import type { Filters, Help } from './search-page.ts';

/** Ways out that are tried, each of which is a count. */
const TRIED = 8;

const NAMES: Record<keyof Filters, string> = {
	year: 'the year',
	category: 'the category',
	organisation: 'the organisation',
	author: 'the author',
	has: 'what it must have',
	licence: 'the licence'
};

/** What to leave out of a search that found nothing, and how many papers it then finds; the most first. */
export async function helpFor(db: Db, { tree, filters }: { tree: Tree | null; filters: Filters }): Promise<Help[]> {
	const tried = [...withoutOneFilter(tree, filters), ...withoutOnePart(tree, filters)].slice(0, TRIED);
	const help: Help[] = [];
	for (const { words, less, left } of tried) {
		const { count } = await counted(db, wantedBy(less, left).condition);
		if (count > 0) help.push({ words, q: printQuery(less), filters: left, papers: count });
	}
	return help.toSorted((one, other) => other.papers - one.papers);
}

interface Try {
	words: string;
	less: Tree | null;
	left: Filters;
}

function withoutOneFilter(tree: Tree | null, filters: Filters): Try[] {
	const chosen = FILTERS.filter((name) => filters[name].length > 0);
	return chosen.map((name) => ({ words: `Without ${NAMES[name]}`, less: tree, left: withoutFilter(filters, name) }));
}

function withoutOnePart(tree: Tree | null, filters: Filters): Try[] {
	if (tree?.kind !== 'and') return [];
	return tree.parts.map((part) => ({
		words: `Without ${part.kind === 'phrase' ? printQuery(part) : `“${printQuery(part)}”`}`,
		less: allOf(tree.parts.filter((other) => other !== part)),
		left: filters
	}));
}
