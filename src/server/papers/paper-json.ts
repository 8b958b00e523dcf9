import type { ListedPaper } from './listed-papers.ts';
import { paperPath } from './paper-key.ts';
import type { Paper, PaperListPage } from './papers.ts';

/** A paper of a list in JSON. Text is plain; what is not known is null. */
export function listedPaperJson(paper: ListedPaper, origin: string) {
	return {
		id: paper.key,
		url: origin + paperPath(paper.key),
		title: paper.title,
		abstract: paper.abstract,
		gist: paper.gist,
		/** At most 20 names; `author_count` says how many there are. */
		authors: paper.authors,
		author_count: paper.author_count,
		organisation: paper.organisation_handle && { handle: paper.organisation_handle, name: paper.organisation_name },
		categories: paper.categories,
		published: paper.published,
		announced: paper.announced,
		updated: paper.updated,
		version: paper.version,
		doi: paper.doi,
		journal_ref: paper.journal_ref,
		code: paper.code_url,
		project: paper.project_url,
		withdrawn_at: paper.withdrawn_at
	};
}

/** A paper's own page in JSON: all its authors, its versions, and the source's TeX where that differs from the plain text. */
export function paperJson(paper: Paper, origin: string) {
	return {
		...listedPaperJson(paper, origin),
		authors: paper.people.map(({ name }) => name),
		title_tex: paper.title_tex,
		abstract_tex: paper.abstract_tex,
		comment: paper.comment,
		licence: paper.licence,
		source: paper.source,
		links: { abstract: paper.links.abs, pdf: paper.links.pdf, doi: paper.links.doi },
		versions: paper.versions.map(({ version, submitted_at, title, abstract }) => ({
			version,
			submitted_at,
			title,
			abstract
		}))
	};
}

/** One page of a list in JSON. `count` is exact unless `count_is_exact` is false; then there are more. */
export function paperListJson(list: PaperListPage, origin: string) {
	return {
		count: list.count,
		count_is_exact: list.countIsExact,
		page: list.page,
		pages: list.pages,
		papers: list.papers.map((paper) => listedPaperJson(paper, origin))
	};
}
