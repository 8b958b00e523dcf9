import type { Db } from '#server/db/database.ts';
import { papersInOrder, type ListedPaper } from '#server/papers/listed-papers.ts';
import { nameKey } from '#server/text/names.ts';
import { isStopWord, stemOf } from '#server/text/words.ts';
import { marked, matchesIn, withoutOverlaps } from './marks.ts';
import { bestPassages } from './passages.ts';
import type { Term } from './query/terms.ts';
import type { MarkedText, Result } from './search-page.ts';
import { whyFound } from './why.ts';

export interface Asked {
	terms: readonly Term[];
	/** Words that stand for others, which no paper has. */
	respelled: readonly string[];
}

/** Papers as results: what matches is marked, and said. `moved` are those that meaning brought here or up. */
export async function resultsOf(
	db: Db,
	{ ids, asked, moved }: { ids: readonly number[]; asked: Asked; moved: ReadonlySet<number> }
): Promise<Result[]> {
	const stems = new Set(asked.terms.filter(({ field }) => field !== 'author').flatMap(stemsOf));
	const papers = await papersInOrder(db, ids);
	return papers.map((paper) => resultOf(paper, { ...asked, stems }, moved.has(paper.id)));
}

interface Marked extends Asked {
	/** What is marked. */
	stems: ReadonlySet<string>;
}

/** Stop words are marked nowhere. */
function stemsOf({ words, joined, parts }: Term): string[] {
	const telling = words.filter(({ word }) => !isStopWord(word));
	return [...telling.map(({ stem }) => stem), ...[...joined, ...parts].map(stemOf)];
}

function resultOf(paper: ListedPaper, asked: Marked, byMeaning: boolean): Result {
	const title: MarkedText = { text: paper.title, html: paper.title_html };
	const abstract: MarkedText = { text: paper.abstract, html: paper.abstract_html };
	const { stems } = asked;
	return {
		paper,
		title: marked(title, stems),
		passages: bestPassages(abstract, stems),
		abstract: marked(abstract, stems),
		why: asked.terms.length === 0 ? '' : whyFound(findingsIn(paper, asked, byMeaning))
	};
}

function findingsIn(paper: ListedPaper, { terms, stems, respelled }: Marked, byMeaning: boolean) {
	const [inTitle, inAbstract] = [matchesIn(paper.title, stems), matchesIn(paper.abstract, stems)];
	const found = new Set([...inTitle, ...inAbstract].map(({ stem }) => stem));
	const names = new Set(paper.authors.flatMap((author) => nameKey(author).split(' ')));
	const isThere = (term: Term) => isInText(term, found);
	const isNamed = (term: Term) => isInNames(term, names);
	return {
		inTitle: withoutOverlaps(inTitle).length,
		inAbstract: withoutOverlaps(inAbstract).length,
		isAuthor: terms.some((term) => term.field === 'author' || (isNamed(term) && !isThere(term))),
		// A list names twenty authors at most, so of a paper with more nobody is called missing.
		missing:
			paper.authors.length < (paper.author_count ?? 0)
				? []
				: terms.filter((term) => term.field === 'any' && !isThere(term) && !isNamed(term)).map(({ text }) => text),
		respelled,
		byMeaning
	};
}

/** As it was typed, put together, or in parts. */
function isInText({ words, joined, parts }: Term, found: ReadonlySet<string>) {
	const has = (word: string) => found.has(stemOf(word));
	const telling = words.filter(({ word }) => !isStopWord(word));
	return telling.every(({ stem }) => found.has(stem)) || joined.some(has) || (parts.length > 0 && parts.every(has));
}

function isInNames({ words }: Term, names: ReadonlySet<string>) {
	return words.every(({ word }) => names.has(word));
}
