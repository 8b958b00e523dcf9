import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { NoVectors } from './no-vectors.ts';

/** How it goes with a model's vectors. */
export interface EmbeddingFigures {
	model: string;
	/** Papers that have a vector. */
	embedded: number;
	/** Papers whose text the model refuses. */
	refused: number;
	papers_per_second: number | null;
	answered_at: Date | null;
	/** Null: the endpoint answers. */
	failing_since: Date | null;
	failure: string | null;
	ask_again_at: Date | null;
}

/** Milliseconds before an endpoint that gave nothing is asked again: 5 s, 10 s, … half an hour. */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 1_800_000;

/** At 150,000 papers 15 ms: an index is counted. */
export async function embeddingFigures(db: Db, model: string): Promise<EmbeddingFigures> {
	const { rows } = await sql<EmbeddingFigures & { looked: number }>`
		select
			(select count(*) from paper_embedding where model = ${model}) as looked,
			(select count(*) from paper_embedding where model = ${model} and vector is null) as refused,
			papers_per_second, answered_at, failing_since, failure, ask_again_at
		from (select) one left join embedding_state on model = ${model}`.execute(db);
	const { looked, ...figures } = rows[0]!;
	return { ...figures, model, embedded: looked - figures.refused };
}

export async function noteAnswer(db: Db, { model, rate, now }: { model: string; rate: number; now: Date }) {
	const well = { failing_since: null, failure: null, failures: 0, ask_again_at: null };
	const state = { answered_at: now, papers_per_second: rate, ...well };
	await db
		.insertInto('embedding_state')
		.values({ model, ...state })
		.onConflict((conflict) => conflict.column('model').doUpdateSet(state))
		.execute();
}

/** Gives how many times in a row it has failed, and after how many milliseconds it is asked again. */
export async function noteFailure(db: Db, { model, fault, now }: { model: string; fault: NoVectors; now: Date }) {
	const { failures } = await db
		.insertInto('embedding_state')
		.values({ model, failing_since: now, failure: fault.message, failures: 1 })
		.onConflict((conflict) =>
			conflict.column('model').doUpdateSet((eb) => ({
				failing_since: eb.fn.coalesce('embedding_state.failing_since', 'excluded.failing_since'),
				failure: eb.ref('excluded.failure'),
				failures: eb('embedding_state.failures', '+', 1)
			}))
		)
		.returning('failures')
		.executeTakeFirstOrThrow();
	// An endpoint that says 0 is not asked in a loop.
	const wait = Math.max(fault.retryAfter ?? 0, waitAfter(failures));
	const ask_again_at = new Date(now.getTime() + wait);
	await db.updateTable('embedding_state').set({ ask_again_at }).where('model', '=', model).execute();
	return { failures, wait };
}

/** False while an endpoint that gave nothing is left alone. */
export async function mayAsk(db: Db, model: string, now = new Date()) {
	const query = db.selectFrom('embedding_state').select('ask_again_at').where('model', '=', model);
	const at = (await query.executeTakeFirst())?.ask_again_at;
	return !at || at <= now;
}

export function waitAfter(failures: number) {
	return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
}
