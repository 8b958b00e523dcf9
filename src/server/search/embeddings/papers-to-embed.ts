import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** Papers of one question to the endpoint. */
export const BATCH = 32;

/** Papers that one statement looks through: where all have vectors, no text and no vector is read. */
const WINDOW = 5_000;

/** Characters of a text that are sent; about as many as models with the longest reach read of an abstract. */
const LONGEST = 4_000;

interface Below {
	model: string;
	/** Papers with smaller numbers. */
	below: number;
}

export interface ToEmbed {
	id: number;
	text: string;
	/** By which it is seen that nobody has written to the paper since. */
	row_state: string;
}

/** The newest papers below a number that have no vector of the model, and the number to go on below; null at the end. */
export async function papersToEmbed(db: Db, { model, below }: Below) {
	const { ids, lowest } = await lookBelow(db, { model, below });
	const next = ids.length === BATCH ? ids.at(-1)! : lowest;
	if (ids.length === 0) return { papers: [], next };
	const rows = await db
		.selectFrom('paper')
		.select(['id', 'title', 'abstract', sql<string>`xmin::text`.as('row_state')])
		.where('id', '=', sql<number>`any(${ids}::bigint[])`)
		.orderBy('id', 'desc')
		.execute();
	const papers: ToEmbed[] = rows.map(({ id, title, abstract, row_state }) => ({
		id,
		row_state,
		text: `${title}\n\n${abstract}`.slice(0, LONGEST)
	}));
	return { papers, next };
}

/** At 150,000 papers with vectors the whole table is 30 of these, of 3 ms each. */
async function lookBelow(db: Db, { model, below }: Below) {
	const { rows } = await sql<{ ids: number[]; lowest: number | null }>`
		with looked as materialized (select id from paper where id < ${below} order by id desc limit ${sql.lit(WINDOW)})
		select
			(select min(id) from looked) as lowest,
			array(
				select id from looked
				where not exists (select from paper_embedding where model = ${model} and paper_id = looked.id)
				order by id desc limit ${sql.lit(BATCH)}
			) as ids`.execute(db);
	return rows[0]!;
}
