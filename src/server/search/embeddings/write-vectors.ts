import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { ToEmbed } from './papers-to-embed.ts';
import { vectorText } from './unit-vectors.ts';

interface Made {
	model: string;
	papers: readonly ToEmbed[];
	/** Of each paper; null where its text was refused. */
	vectors: readonly (Float32Array | null)[];
}

/**
 * Leaves out a paper that was written to since its text was read: its vector may be that of another text, and the next run
 * asks again. Of somebody who writes to it now the end is waited for (`for share`).
 */
export async function writeVectors(db: Db, { model, papers, vectors }: Made) {
	const ids = papers.map(({ id }) => id);
	const states = papers.map(({ row_state }) => row_state);
	const texts = vectors.map((vector) => vector && vectorText(vector));
	await sql`
		insert into paper_embedding (paper_id, model, vector)
		select paper.id, ${model}, made.vector::real[]
		from unnest(${ids}::bigint[], ${states}::text[], ${texts}::text[]) made (id, row_state, vector)
		join paper on paper.id = made.id and paper.xmin::text = made.row_state
		for share of paper
		on conflict (paper_id) do update set model = excluded.model, vector = excluded.vector`.execute(db);
}

/** How many numbers the vectors of a model have here; null before the first. */
export async function sizeOfVectors(db: Db, model: string): Promise<number | null> {
	const row = await db
		.selectFrom('paper_embedding')
		.select(sql<number>`cardinality(vector)`.as('size'))
		.where('model', '=', model)
		.where('vector', 'is not', null)
		.limit(1)
		.executeTakeFirst();
	return row?.size ?? null;
}
