import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { config } from '#server/config.ts';
import type { Db } from '#server/db/database.ts';
import { log } from '#server/log.ts';
import { sizeOfVectors } from './write-vectors.ts';

/** What pgvector's HNSW takes of its type `vector`. */
const MOST_DIMENSIONS = 2_000;

const PREFIX = 'paper_embedding_near_';

/** Makes the index that finds near papers among all, where pgvector is offered and there are vectors; harmless when it is there. */
export async function ensureVectorIndex(db: Db): Promise<void> {
	if (config.embeddings) await indexVectors(db, config.embeddings.model);
}

/**
 * Only a server has pgvector. The index is made beside whoever writes (`concurrently`), so not in a transaction; one that was
 * cut off is there and not valid, and is made again. Those of other models go.
 */
export async function indexVectors(db: Db, model: string): Promise<void> {
	const name = indexName(model);
	const indexes = await vectorIndexes(db);
	if (indexes.some((index) => index.name === name && index.valid)) return;
	const size = await sizeOfVectors(db, model);
	if (!size || size > MOST_DIMENSIONS || !(await isVectorThere(db))) return;
	for (const index of indexes) await sql`drop index concurrently if exists ${sql.id(index.name)}`.execute(db);
	await sql`create index concurrently if not exists ${sql.id(name)}
		on paper_embedding using hnsw ((${asVector(size)}) vector_cosine_ops) where model = ${sql.lit(model)}`.execute(db);
}

/** A literal size, and a literal model in the query: PostgreSQL must see that it asks for what the index holds. */
export const asVector = (size: number) => sql`vector::public.vector(${sql.lit(size)})`;

export async function hasVectorIndex(db: Db, model: string) {
	const name = indexName(model);
	return (await vectorIndexes(db)).some((index) => index.name === name && index.valid);
}

async function vectorIndexes(db: Db) {
	const { rows } = await sql<{ name: string; valid: boolean }>`
		select relname as name, indisvalid as valid from pg_index join pg_class on pg_class.oid = indexrelid
		where indrelid = 'public.paper_embedding'::regclass and starts_with(relname, ${PREFIX})`.execute(db);
	return rows;
}

/** A name says nothing of what a model may be called. */
function indexName(model: string) {
	return PREFIX + createHash('sha256').update(model).digest('hex').slice(0, 12);
}

/** Installs the extension where it is offered. */
async function isVectorThere(db: Db) {
	const { rows } = await sql<{ installed: boolean }>`select installed_version is not null as installed
		from pg_available_extensions where name = 'vector'`.execute(db);
	if (!rows[0] || rows[0].installed) return Boolean(rows[0]);
	try {
		await sql`create extension if not exists vector schema public`.execute(db);
		return true;
	} catch (fault) {
		// insufficient_privilege: the owner of the server has to do it, and without it search serves too.
		if ((fault as { code?: string }).code !== '42501') throw fault;
		log('info', 'The extension vector is offered, and may not be installed by this user');
		return false;
	}
}
