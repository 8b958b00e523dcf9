import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { log } from '#server/log.ts';
import { Refused } from '#server/refused.ts';
import { RENDERER_VERSION } from '#server/text/tex.ts';
import { textsOf } from './paper-row.ts';

/** Papers rendered in one transaction: about 20 ms of setting, and as much of writing. */
const BATCH = 25;

/**
 * Renders the text of papers again that an older renderer made, from the source's TeX. It runs beside readers, a batch at a
 * time; `more` tells whether there are others. A second run finds nothing to do.
 */
export async function renderPapersAgain(db: Db): Promise<{ more: boolean }> {
	const old = await papersOfOlderRenderer(db);
	await writeTexts(db, old.map(renderedAgain));
	return { more: old.length === BATCH };
}

type OldPaper = Awaited<ReturnType<typeof papersOfOlderRenderer>>[number];

/** The next papers whose text is to be made again. */
export function papersOfOlderRenderer(db: Db) {
	return db
		.selectFrom('paper')
		.select(['id', 'key', 'title', 'title_tex', 'title_html', 'abstract', 'abstract_tex', 'abstract_html'])
		.select(['gist', 'gist_html', 'renderer'])
		.where('renderer', '<', RENDERER_VERSION)
		.orderBy('renderer')
		.orderBy('id')
		.limit(BATCH)
		.execute();
}

/** A paper whose text is refused now keeps the one it has, and is not asked for again: it would hold up the others for ever. */
export function renderedAgain(paper: OldPaper): OldPaper {
	const { title, title_tex, abstract, abstract_tex } = paper;
	try {
		return { ...paper, ...textsOf({ title: title_tex ?? title, abstract: abstract_tex ?? abstract }) };
	} catch (fault) {
		if (!(fault instanceof Refused)) throw fault;
		log('warn', 'A paper keeps the text of an older renderer', { paper: paper.key, reason: fault.message });
		return { ...paper, renderer: RENDERER_VERSION };
	}
}

/** Leaves a paper alone whose text has changed since it was read: whoever changed it used the current renderer. */
export async function writeTexts(db: Db, papers: readonly OldPaper[]) {
	if (papers.length === 0) return;
	await sql`
		update paper set title = made.title, title_tex = made.title_tex, title_html = made.title_html,
			abstract = made.abstract, abstract_tex = made.abstract_tex, abstract_html = made.abstract_html,
			gist = made.gist, gist_html = made.gist_html, renderer = made.renderer
		from json_populate_recordset(null::paper, ${JSON.stringify(papers)}) made
		where paper.id = made.id and paper.renderer < made.renderer`.execute(db);
}
