import { Refused } from '#server/refused.ts';
import { type Passage, readAbstract, readTitle, RENDERER_VERSION } from '#server/text/tex.ts';
import { sameText } from './merge-records.ts';
import type { PaperRecord } from './paper-record.ts';
import type { Findable } from './paper-words.ts';
import type { StandingPaper } from './standing-papers.ts';

/** The columns that a record decides, but for the texts and `organisation_id`. */
export function factsOf(record: PaperRecord) {
	return {
		key: record.key,
		author_count: Math.max(record.authorCount ?? 0, record.authors.length) || null,
		published: record.published,
		updated: record.updated,
		announced: record.announced,
		version: record.version,
		categories: record.categories,
		comment: record.comment,
		journal_ref: record.journalRef,
		doi: record.doi,
		licence: record.licence,
		code_url: record.code,
		project_url: record.project,
		source: record.source
	};
}

/** Title and abstract as they are stored: each as plain text, as the source's TeX and as HTML where those say more. */
export function textsOf({ title, abstract }: { title: string; abstract: string }) {
	const [titleRead, abstractRead] = [readTitle(title), readAbstract(abstract)];
	if (titleRead.text === '') throw new Refused('invalid', 'title has no words');
	return {
		title: titleRead.text,
		title_tex: sourceOf(title, titleRead),
		title_html: titleRead.html,
		abstract: abstractRead.text,
		abstract_tex: sourceOf(abstract, abstractRead),
		abstract_html: abstractRead.html,
		gist: abstractRead.gist.text,
		gist_html: abstractRead.gist.html,
		renderer: RENDERER_VERSION
	};
}

/** What a paper is found by: what its record says, and its texts as they are stored. */
export function findableOf(record: PaperRecord, { title, abstract }: { title: string; abstract: string }): Findable {
	const { authors, published, announced, categories, licence, version } = record;
	return {
		title,
		abstract,
		authors,
		published,
		announced,
		categories,
		licence,
		version,
		day: announced ?? published,
		organisation: record.organisation?.handle ?? null,
		hasCode: record.code !== null,
		hasProject: record.project !== null
	};
}

/** The texts of a paper whose title and abstract have not changed. */
export function textsOfStanding(paper: StandingPaper): ReturnType<typeof textsOf> {
	const { title, title_tex, title_html, abstract, abstract_tex, abstract_html, gist, gist_html, renderer } = paper;
	return { title, title_tex, title_html, abstract, abstract_tex, abstract_html, gist, gist_html, renderer };
}

/** A third of all abstracts differ from their plain text in line breaks alone. */
function sourceOf(source: string, read: Passage) {
	return sameText(source, read.text) ? null : source;
}
