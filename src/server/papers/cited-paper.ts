import { arxivAbsUrl, doiUrl, kindOf, preprintDoi } from './paper-key.ts';

/** What a citation needs of a paper. All text is plain, and may be hostile. */
export interface CitedPaper {
	key: string;
	title: string;
	/** As many as are known, in order, "First Last". */
	authors: readonly string[];
	/** How many there are, named here or not; null where that is not known. */
	author_count: number | null;
	/** `2024-07-17`; null where it is not known. */
	published: string | null;
	version: number | null;
	primary_category: string | null;
	categories: readonly string[];
	/** The journal's, as the source gives it; not the preprint's own. */
	doi: string | null;
	journal_ref: string | null;
	abstract: string;
	/** The page that the citation leads to. */
	url: string;
}

/**
 * A paper as it is cited. The citation leads to the source, not to this site: a reference outlives the machine that it
 * was copied from.
 */
export function citedPaper(paper: Omit<CitedPaper, 'url'>): CitedPaper {
	return { ...paper, url: arxivAbsUrl(paper.key) ?? doiUrl(paper.key) };
}

/** Year, month and day as far as they are known: from the date, else from the month that the key itself tells. */
export function dateParts({ key, published }: Pick<CitedPaper, 'key' | 'published'>): number[] {
	if (published) return published.slice(0, 10).split('-').map(Number);
	const [, yy, mm] = /^(?:[a-z-]+\/)?([0-9]{2})([0-9]{2})/.exec(key) ?? [];
	if (kindOf(key) === 'arxiv' && yy && mm)
		return [Number(yy) + (Number(yy) > 90 && key.includes('/') ? 1900 : 2000), Number(mm)];
	return (/\/(20[0-9]{2})\.([0-9]{2})\.([0-9]{2})\./.exec(key) ?? []).slice(1).map(Number);
}

/** The journal's DOI where there is a well-formed one, else the preprint's. A DOI field of arXiv can hold several; the first counts. */
export function citedDoi({ key, doi }: Pick<CitedPaper, 'key' | 'doi'>) {
	const [first = ''] = (doi ?? '').trim().split(/[\s,]/, 1);
	return /^10\.[0-9]{4,9}\/[A-Za-z0-9.()/:;<>_[\]+-]{1,200}$/.test(first) ? first : preprintDoi(key);
}

/** The year of a journal reference: the one in parentheses, else the only one there is. */
export function journalYear(reference: string) {
	const inParentheses = /\((?:[A-Za-z]{3,9} )?((?:19|20)[0-9]{2})\)/.exec(reference)?.[1];
	const years = reference.match(/\b(?:19|20)[0-9]{2}\b/g) ?? [];
	return inParentheses ?? (years.length === 1 ? years[0] : undefined);
}
