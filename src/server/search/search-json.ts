import type { ListedPaper } from '#server/papers/listed-papers.ts';
import { listedPaperJson } from '#server/papers/paper-json.ts';
import { paperPath } from '#server/papers/paper-key.ts';
import type { Result, SearchPage } from './search-page.ts';

/** One page of what was found, in JSON. `count` and `more` are exact unless the field beside says that there are more. */
export function searchJson(page: SearchPage, origin: string) {
	return {
		asked: page.asked,
		understood: page.understood,
		notes: page.notes,
		corrected: page.correction && { from: page.correction.from, to: page.correction.to },
		perhaps: page.perhaps,
		count: page.count,
		count_is_exact: page.countIsExact,
		/** Papers with some of the words only. */
		more: page.more,
		more_is_exact: page.moreIsExact,
		/** All that are here. */
		all_papers: page.papers,
		milliseconds: page.milliseconds,
		also_counted: page.alsoCounted,
		sort: page.sort,
		filters: page.filters,
		page: page.page,
		pages: page.pages,
		papers: page.results.map((result) => resultJson(result, origin)),
		facets: page.facets.map(({ name, values }) => ({
			name,
			values: values.map(({ value, label, papers, isChosen }) => ({ value, label, papers, chosen: isChosen }))
		})),
		/** Null: over all that was found; else over so many of it. */
		facets_over: page.facetsOver,
		help: page.help.map(({ words, q, filters, papers }) => ({ words, q, filters, papers }))
	};
}

function resultJson({ paper, passages, why }: Result, origin: string) {
	return { ...listedPaperJson(paper, origin), passages: passages.map(({ text }) => text), why };
}

/** Papers near to others, the nearest first, in JSON. */
export function similarJson(
	{ asked, found }: { asked: readonly ListedPaper[]; found: readonly { paper: ListedPaper; why: string }[] },
	origin: string
) {
	return {
		similar_to: asked.map(({ key, title }) => ({ id: key, url: origin + paperPath(key), title })),
		papers: found.map(({ paper, why }) => ({ ...listedPaperJson(paper, origin), why }))
	};
}
