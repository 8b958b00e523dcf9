import { sql } from 'kysely';
import { atomically, type Db } from '#server/db/database.ts';
import { log } from '#server/log.ts';
import { Refused } from '#server/refused.ts';
import { RENDERER_VERSION } from '#server/text/tex.ts';
import { findablePapers } from './findable-papers.ts';
import { textsOf } from './paper-row.ts';
import { paperWordsOf } from './paper-words.ts';
import { takeTurn } from './take-turn.ts';
import { writeWords } from './write-words.ts';

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

/**
 * Leaves a paper alone whose text has changed since it was read: whoever changed it used the current renderer. Where the plain
 * text is another now, so are the words that find the paper.
 */
export async function writeTexts(db: Db, papers: readonly OldPaper[]) {
	if (papers.length === 0) return;
	await atomically(db, async (tx) => {
		await takeTurn(tx);
		const { rows: written } = await sql<{ id: number; reads_otherwise: boolean }>`
			update paper set title = made.title, title_tex = made.title_tex, title_html = made.title_html,
				abstract = made.abstract, abstract_tex = made.abstract_tex, abstract_html = made.abstract_html,
				gist = made.gist, gist_html = made.gist_html, renderer = made.renderer
			from json_populate_recordset(null::paper, ${JSON.stringify(papers)}) made
			join paper was on was.id = made.id
			where paper.id = made.id and paper.renderer < made.renderer
			returning paper.id, (was.title, was.abstract) is distinct from (paper.title, paper.abstract) as reads_otherwise`.execute(
			tx
		);
		const ids = written.flatMap(({ id, reads_otherwise }) => (reads_otherwise ? id : []));
		const found = await findablePapers(tx, ids);
		await writeWords(
			tx,
			found.map((paper) => ({ paper_id: paper.id, ...paperWordsOf(paper) }))
		);
	});
}
