/** One paper of a day, as much of it as decides where it stands. */
export interface RollEntry {
	id: number;
	/** The primary category; null where the source gives none. */
	category: string | null;
	withCode: boolean;
	featured: boolean;
	/** Who featured it, and the votes it had there. */
	source: string | null;
	votesAtSource: number | null;
}

/** What of an edition is asked for. Pages count from 1. */
export interface EditionFilter {
	category: string | null;
	withCode: boolean;
	page: number;
}

export interface CategoryCount {
	category: string | null;
	papers: number;
}

/** Which papers one page of an edition shows. */
export interface Roll {
	/** Papers on the edition's own pages, before the filter. */
	total: number;
	/** … after the filter. */
	shown: number;
	withCode: number;
	/** The largest first. */
	categories: CategoryCount[];
	/** True when nothing was featured, so that the announced papers are the edition. */
	announcedOnly: boolean;
	/** Papers dealt out by rank; empty from page 2 on. */
	ranked: number[];
	/** Papers also announced, by category; `papers` counts the whole category, not this page of it. */
	also: { category: string | null; papers: number; ids: number[] }[];
	page: number;
	pages: number;
}

/** Papers also announced on one page: with thirty featured papers above them it stays under 40 kB. */
export const PAGE = 20;
const RANKED_WITHOUT_FEATURED = 24;

/**
 * Chooses what a page of an edition shows: the featured papers in their order, then what else was announced, the largest
 * category first. With nothing featured, the first paper of each category in turn makes the front page.
 */
export function rollOf(entries: readonly RollEntry[], { category, withCode, page }: EditionFilter): Roll {
	const kept = entries.filter((entry) => (!category || entry.category === category) && (!withCode || entry.withCode));
	const featured = kept.filter((entry) => entry.featured);
	const announced = byCategory(kept.filter((entry) => !entry.featured));
	const announcedOnly = !entries.some((entry) => entry.featured);
	const ranked = announcedOnly ? oneOfEachInTurn(announced).slice(0, RANKED_WITHOUT_FEATURED) : featured;
	const isRanked = new Set(ranked);
	const also = announced.flatMap((group) => group.entries).filter((entry) => !isRanked.has(entry));
	const sizes = new Map(byCategory(also).map((group) => [group.category, group.entries.length]));
	return {
		total: entries.length,
		shown: kept.length,
		withCode: entries.filter((entry) => entry.withCode).length,
		categories: byCategory(entries).map((group) => ({ category: group.category, papers: group.entries.length })),
		announcedOnly,
		ranked: page === 1 ? ranked.map((entry) => entry.id) : [],
		also: byCategory(also.slice((page - 1) * PAGE, page * PAGE), sizes).map((group) => ({
			category: group.category,
			papers: sizes.get(group.category) ?? group.entries.length,
			ids: group.entries.map((entry) => entry.id)
		})),
		page,
		pages: Math.max(1, Math.ceil(also.length / PAGE))
	};
}

interface Group {
	category: string | null;
	entries: RollEntry[];
}

/** Groups in the order of their sizes, given or counted; papers without a category come last. */
function byCategory(entries: readonly RollEntry[], sizes?: Map<string | null, number>): Group[] {
	const groups = new Map<string | null, RollEntry[]>();
	for (const entry of entries) {
		const group = groups.get(entry.category);
		if (group) group.push(entry);
		else groups.set(entry.category, [entry]);
	}
	const sizeOf = (group: Group) =>
		group.category === null ? -1 : (sizes?.get(group.category) ?? group.entries.length);
	return [...groups]
		.map(([category, grouped]) => ({ category, entries: grouped }))
		.sort((a, b) => sizeOf(b) - sizeOf(a) || (a.category ?? '').localeCompare(b.category ?? ''));
}

function oneOfEachInTurn(groups: readonly Group[]): RollEntry[] {
	const longest = Math.max(0, ...groups.map((group) => group.entries.length));
	const dealt: RollEntry[] = [];
	for (let turn = 0; turn < longest; turn += 1)
		for (const group of groups) {
			const entry = group.entries[turn];
			if (entry) dealt.push(entry);
		}
	return dealt;
}
