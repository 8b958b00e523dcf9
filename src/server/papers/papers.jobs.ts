import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { RENDERER_VERSION } from '#server/text/tex.ts';
import { textsOf } from './paper-row.ts';

/** Papers rendered in one transaction: about 20 ms of setting, and as much of writing. */
const BATCH = 25;

/**
 * Renders the text of papers again that an older renderer made, from the source's TeX. It runs beside readers, a batch at a
 * time; `more` tells whether there are others. A second run finds nothing to do.
 */
export async function renderPapersAgain(db: Db): Promise<{ more: boolean }> {
	const old = await db
		.selectFrom('paper')
		.select(['id', 'title', 'title_tex', 'abstract', 'abstract_tex'])
		.where('renderer', '<', RENDERER_VERSION)
		.orderBy('renderer')
		.orderBy('id')
		.limit(BATCH)
		.execute();
	const rows = old.map(({ id, title, title_tex, abstract, abstract_tex }) => ({
		id,
		...textsOf({ title: title_tex ?? title, abstract: abstract_tex ?? abstract })
	}));
	if (rows.length > 0)
		await sql`
			update paper set title = made.title, title_tex = made.title_tex, title_html = made.title_html,
				abstract = made.abstract, abstract_tex = made.abstract_tex, abstract_html = made.abstract_html,
				gist = made.gist, gist_html = made.gist_html, renderer = made.renderer
			from json_populate_recordset(null::paper, ${JSON.stringify(rows)}) made
			where paper.id = made.id`.execute(db);
	return { more: old.length === BATCH };
}
