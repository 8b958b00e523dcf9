import { citedDoi, dateParts, journalYear, type CitedPaper } from './cited-paper.ts';
import { namePartsOf } from './name-parts.ts';
import { oneLine } from '#server/text/one-line.ts';
import { kindOf } from './paper-key.ts';

/** One reference in RIS: an article where a journal is known, else an unpublished work with arXiv as its publisher. */
export function risOf(paper: CitedPaper): string {
	const { key, title, authors, categories, abstract, url } = paper;
	const [year, ...monthAndDay] = dateParts(paper);
	const journal = oneLine(paper.journal_ref ?? '');
	const arxiv = kindOf(key) === 'arxiv';
	const lines: [string, string][] = [
		['TY', journal ? 'JOUR' : 'UNPB'],
		['TI', title],
		...authors.map((name): [string, string] => ['AU', risName(name)]),
		['JO', journal],
		['PY', journalYear(journal) ?? String(year ?? '')],
		['DA', journal || !year ? '' : [year, ...monthAndDay.map(twoDigits)].join('/')],
		['PB', arxiv && !journal ? 'arXiv' : ''],
		['AN', arxiv ? `arXiv:${key}` : ''],
		['AB', abstract],
		...categories.map((category): [string, string] => ['KW', category]),
		['DO', citedDoi(paper)],
		['UR', url]
	];
	const written = lines.map(([tag, text]) => [tag, oneLine(text)] as const).filter(([, text]) => text);
	return [...written, ['ER', ''] as const].map(([tag, text]) => `${tag}  - ${text}\r\n`).join('');
}

export function risOfAll(papers: readonly CitedPaper[]): string {
	return papers.map(risOf).join('\r\n');
}

function risName(name: string) {
	const parts = namePartsOf(name);
	if (!parts) return '';
	if ('literal' in parts) return parts.literal;
	const { given, particle, family, suffix } = parts;
	return [particle ? `${particle} ${family}` : family, given, suffix].filter(Boolean).join(', ');
}

function twoDigits(number: number) {
	return String(number).padStart(2, '0');
}
