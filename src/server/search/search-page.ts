import type { ListedPaper } from '#server/papers/listed-papers.ts';

/** What is asked for. */
export interface Search {
	/** As it was typed. */
	q: string;
	filters: Filters;
	sort: Sort;
	page: number;
	/** The words as they are, even where no paper has one of them. */
	exact?: boolean;
}

export type Sort = 'relevance' | 'newest' | 'oldest';

/** What a list is narrowed to: any of several values of one kind, and something of each kind. */
export interface Filters {
	/** `2024`, or `none`. */
	year: string[];
	/** `cs.CV`. */
	category: string[];
	/** Handles. */
	organisation: string[];
	/** Name keys. */
	author: string[];
	/** `code`, `project`. */
	has: string[];
	/** `cc-by`, `arxiv`, … */
	licence: string[];
}

export const NO_FILTERS: Filters = { year: [], category: [], organisation: [], author: [], has: [], licence: [] };

/** One page of what was found. */
export interface SearchPage {
	asked: string;
	/** The query as it was read, written plainly. */
	understood: string;
	/** What was left out or read otherwise, in sentences. */
	notes: string[];
	/** Where the query is the id or the address of a paper: its path. */
	goTo: string | null;
	correction: Correction | null;
	/** A query that was perhaps meant, since hardly any paper has a word of this one. */
	perhaps: string | null;
	/** Papers with all of the words. */
	count: number;
	/** False: there are more than `count`. */
	countIsExact: boolean;
	/** Papers with some of the words only. */
	more: number;
	moreIsExact: boolean;
	/** All papers here. */
	papers: number;
	milliseconds: number;
	/** Other forms of the words that count alike. */
	alsoCounted: string[];
	sort: Sort;
	filters: Filters;
	page: number;
	pages: number;
	perPage: number;
	results: Result[];
	facets: Facet[];
	/** Null: over all that was found; else over so many of it. */
	facetsOver: number | null;
	/** Where nothing was found: what to leave out. */
	help: Help[];
}

/** A word that no paper has was read as another; the results are of that one. */
export interface Correction {
	from: string;
	to: string;
	/** The whole query as it was read. */
	q: string;
}

/** A text, and its HTML with the matches marked. */
export interface MarkedText {
	text: string;
	html: string | null;
}

export interface Result {
	paper: ListedPaper;
	title: MarkedText;
	/** The stretches of the abstract that say most of what was asked for. */
	passages: MarkedText[];
	abstract: MarkedText;
	/** In words, why it is here. */
	why: string;
}

export interface Facet {
	name: keyof Filters;
	values: FacetValue[];
}

export interface FacetValue {
	value: string;
	label: string;
	papers: number;
	isChosen: boolean;
}

export interface Help {
	/** `Without “xyzzy”`. */
	words: string;
	/** The query and the filters that it leads to. */
	q: string;
	filters: Filters;
	papers: number;
}
