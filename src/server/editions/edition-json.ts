import { listedPaperJson } from '#server/papers/paper-json.ts';
import type { EditionPage } from './edition-page.ts';
import type { EditionPaper } from './editions.ts';
import type { SpanPage } from './span-page.ts';

/** An edition in JSON, as its page shows it: the papers by rank, then what else was announced on this page of it. */
export function editionJson({ edition, week, next, empty }: EditionPage, origin: string) {
	const json = (paper: EditionPaper) => ({
		...listedPaperJson(paper, origin),
		featured_by: paper.featured_by ?? null,
		votes_at_source: paper.votes_at_source ?? null
	});
	return {
		day: edition.day,
		url: `${origin}/${edition.day}`,
		week,
		number: edition.number,
		note: edition.note,
		featured: edition.featured,
		announced: edition.announced,
		announced_is_sample: edition.announcedIsSample,
		is_sample: edition.isSample,
		empty: empty?.reason ?? null,
		before: edition.before?.day ?? null,
		after: edition.after?.day ?? next?.day ?? null,
		total: edition.roll.total,
		shown: edition.roll.shown,
		page: edition.roll.page,
		pages: edition.roll.pages,
		papers: edition.ranked.map(json),
		also_announced: edition.also.map(({ category, papers, listed }) => ({
			category,
			count: papers,
			papers: listed.map(json)
		}))
	};
}

/** A week or a month in JSON: each day with papers, its counts, and the first of its papers. */
export function spanJson(name: string, page: SpanPage, origin: string) {
	return {
		span: name,
		url: `${origin}/${name}`,
		featured: page.featured,
		announced: page.announced,
		editions: page.days.flatMap(({ day, count, papers }) =>
			count
				? {
						day,
						url: `${origin}/${day}`,
						featured: count.featured,
						announced: count.announced,
						first_papers: papers.map((paper) => listedPaperJson(paper, origin))
					}
				: []
		)
	};
}
