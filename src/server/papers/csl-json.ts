import { citedDoi, dateParts, journalYear, type CitedPaper } from './cited-paper.ts';
import { namePartsOf } from './name-parts.ts';
import { oneLine } from '#server/text/one-line.ts';
import { kindOf } from './paper-key.ts';

/** An item of CSL-JSON (github.com/citation-style-language/schema, csl-data.json). */
export interface CslItem {
	id: string;
	type: 'article' | 'article-journal';
	title: string;
	author?: CslName[];
	issued?: { 'date-parts': [number[]] };
	'container-title'?: string;
	publisher?: string;
	number?: string;
	version?: string;
	abstract: string;
	categories?: string[];
	DOI: string;
	URL: string;
}

type CslName =
	{ literal: string } | { given: string; 'non-dropping-particle'?: string; family: string; suffix?: string };

/** A paper as an item of CSL-JSON: a journal's article where a journal is known, else a preprint ("article"). */
export function cslJsonOf(paper: CitedPaper): CslItem {
	const { key, title, authors, version, categories, abstract, url } = paper;
	const journal = oneLine(paper.journal_ref ?? '');
	const arxiv = kindOf(key) === 'arxiv';
	const names = authors.flatMap((name) => cslName(name) ?? []);
	const year = journalYear(journal);
	const date = year ? [Number(year)] : dateParts(paper);
	return {
		id: key,
		type: journal ? 'article-journal' : 'article',
		title: oneLine(title),
		...(names.length > 0 && { author: names }),
		...(date.length > 0 && { issued: { 'date-parts': [date] } }),
		...(journal && { 'container-title': journal }),
		...(arxiv && !journal && { publisher: 'arXiv', number: `arXiv:${key}` }),
		...(version && { version: String(version) }),
		abstract: oneLine(abstract),
		...(categories.length > 0 && { categories: [...categories] }),
		DOI: citedDoi(paper),
		URL: url
	};
}

function cslName(name: string): CslName | undefined {
	const parts = namePartsOf(name);
	if (!parts || 'literal' in parts) return parts ?? undefined;
	const { given, particle, family, suffix } = parts;
	return { given, ...(particle && { 'non-dropping-particle': particle }), family, ...(suffix && { suffix }) };
}
