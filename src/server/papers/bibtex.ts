import { bibtexKey, distinct } from './bibtex-key.ts';
import { citedDoi, dateParts, journalYear, type CitedPaper } from './cited-paper.ts';
import { latexOfLine, latexText } from './latex-text.ts';
import { namePartsOf } from './name-parts.ts';
import { oneLine } from '#server/text/one-line.ts';
import { kindOf } from './paper-key.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * One BibTeX entry: an article where a journal is known, else as arXiv cites itself. Titles are the plain text, set by
 * fixed LaTeX commands; TeX of the source is never passed on, since an \input in a title would run on the reader's machine.
 */
export function bibtexOf(paper: CitedPaper): string {
	return entry(paper, bibtexKey(paper));
}

/** The entries of a list, with distinct keys: what repeats is lettered b, c, … */
export function bibtexOfAll(papers: readonly CitedPaper[]): string {
	const keys = distinct(papers.map(bibtexKey));
	return papers.map((paper, index) => entry(paper, keys[index]!)).join('\n');
}

function entry(paper: CitedPaper, key: string) {
	const { key: id, title, primary_category, url } = paper;
	const [year, month] = dateParts(paper);
	const journal = oneLine(paper.journal_ref ?? '');
	const arxiv = kindOf(id) === 'arxiv';
	const fields: [string, string | undefined][] = [
		['title', braced(bibtexTitle(title))],
		['author', braced(bibtexNames(paper))],
		['journal', braced(latexOfLine(journal))],
		['year', braced(journalYear(journal) ?? String(year ?? ''))],
		['month', journal ? undefined : MONTHS[(month ?? 0) - 1]],
		['eprint', arxiv ? braced(id) : undefined],
		['archivePrefix', arxiv ? '{arXiv}' : undefined],
		['primaryClass', arxiv ? braced(latexText(primary_category ?? '')) : undefined],
		['doi', braced(citedDoi(paper))],
		['url', braced(url.replace(/[^A-Za-z0-9:/.?=&@_+,;%-]/g, ''))]
	];
	const written = fields.flatMap(([name, value]) => (value ? [`  ${name} = ${value}`] : []));
	return `@${journal ? 'article' : 'misc'}{${key},\n${written.join(',\n')}\n}\n`;
}

function braced(text: string) {
	return text ? `{${text}}` : undefined;
}

// BibTeX styles put titles in lower case but for what stands in braces: ColorMAE, K-theory, and in a title that is
// written like a sentence every capital after its beginning.
function bibtexTitle(title: string) {
	const parts = oneLine(title).split(/([\p{L}\p{Nd}][\p{L}\p{M}\p{N}-]*)/u);
	const isWord = (index: number) => index % 2 === 1;
	const ordinary = parts.filter((part, index) => isWord(index) && index > 1 && part.length > 3 && !keepsCapitals(part));
	const sentence = ordinary.filter((word) => /^\p{Ll}/u.test(word)).length * 2 > ordinary.length;
	const begins = (index: number) => index === 1 || /[:.?!]/.test(parts[index - 1]!);
	const isName = (index: number) => sentence && !begins(index) && /^\p{Lu}\p{L}/u.test(parts[index]!);
	return parts
		.map((part, index) =>
			isWord(index) && (keepsCapitals(part) || isName(index)) ? `{${latexOfLine(part)}}` : latexOfLine(part)
		)
		.join('');
}

// A capital after the first letter (but not of a new part: Data-Independent), or one that stands alone or before a digit.
function keepsCapitals(word: string) {
	return /[^-]\p{Lu}/u.test(word) || /^\p{Lu}[^\p{Ll}\p{M}]/u.test(word) || /^[B-HJ-Z]$/.test(word);
}

// BibTeX's "and others" becomes et al.: a list of papers names only the first authors of a collaboration.
function bibtexNames({ authors, author_count }: CitedPaper) {
	const names = authors.flatMap((name) => bibtexName(name) ?? []);
	const others = names.length > 0 && (author_count ?? 0) > authors.length;
	return [...names, ...(others ? ['others'] : [])].join(' and ');
}

// What is not cut stays in braces, so that an "and" or a comma in it is no border.
function bibtexName(name: string) {
	const parts = namePartsOf(name);
	if (!parts) return undefined;
	if ('literal' in parts) return `{${latexText(parts.literal)}}`;
	const { given, particle, family, suffix } = parts;
	return [particle ? `${particle} ${family}` : family, suffix, given].filter(Boolean).map(latexText).join(', ');
}
