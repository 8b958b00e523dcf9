import { sql } from 'kysely';
import { config } from '#server/config.ts';
import type { Db } from '#server/db/database.ts';
import { queryVectors, type QueryFigures, type QueryVectors } from './query-vectors.ts';
import { cosineWithSent, vectorText } from './unit-vectors.ts';
import { asVector, hasVectorIndex } from './vector-index.ts';

/** Papers that the index gives; HNSW looks no further unless it is told to. */
const NEAREST = 40;
/** Candidates that are compared, in statements of so many: each takes some 5 ms of the database. */
const COMPARED = 200;
const AT_ONCE = 50;

interface Model {
	model: string;
	queries: Pick<QueryVectors, 'vectorOf'>;
}

interface Asked {
	/** The words that were searched for, without signs of the query language. */
	q: string;
	/** The best first. */
	candidateIds: readonly number[];
}

const ours = config.embeddings && { model: config.embeddings.model, queries: queryVectors(config.embeddings) };

/**
 * How near papers are to what was asked by the endpoint of the settings: cosines from -1 to 1, of the first 200 candidates that have
 * a vector and, where there is an index, of the 40 nearest papers of all. Null where no endpoint is set, and where it
 * gives no vector within 150 ms: a search then does without.
 */
export async function embeddingSignal(db: Db, q: string, candidateIds: readonly number[]) {
	return ours && signalOf(db, ours, { q, candidateIds });
}

/** How it went with queries in this process; null where no endpoint is set. */
export function queryFigures(): QueryFigures | null {
	return ours && ours.queries.figures();
}

export async function signalOf(db: Db, { model, queries }: Model, { q, candidateIds }: Asked) {
	const vector = await queries.vectorOf(q);
	if (!vector) return null;
	const cosines = new Map<number, number>();
	if (await hasVectorIndex(db, model)) await addNearest(db, { model, vector, cosines });
	for (let from = 0; from < Math.min(COMPARED, candidateIds.length); from += AT_ONCE)
		await addCompared(db, {
			model,
			vector,
			cosines,
			ids: candidateIds.slice(from, Math.min(COMPARED, from + AT_ONCE))
		});
	return cosines;
}

interface Comparing {
	model: string;
	vector: Float32Array;
	cosines: Map<number, number>;
}

async function addNearest(db: Db, { model, vector, cosines }: Comparing) {
	const distance = sql`${asVector(vector.length)} <=> ${vectorText(vector)}::real[]::public.vector`;
	const { rows } = await sql<{ paper_id: number; distance: number }>`
		select paper_id, ${distance} as distance from paper_embedding where model = ${sql.lit(model)}
		order by ${distance} limit ${sql.lit(NEAREST)}`.execute(db);
	for (const row of rows) cosines.set(row.paper_id, 1 - row.distance);
}

/** No index is needed, and nothing but the candidates is read. */
async function addCompared(db: Db, { model, vector, cosines, ids }: Comparing & { ids: readonly number[] }) {
	const { rows } = await sql<{ paper_id: number; sent: Buffer }>`
		select paper_id, array_send(vector) as sent from paper_embedding
		where paper_id = any(${ids}::bigint[]) and model = ${model} and vector is not null`.execute(db);
	for (const { paper_id, sent } of rows) {
		const cosine = cosineWithSent(vector, sent);
		if (cosine !== null) cosines.set(paper_id, cosine);
	}
}
