import { sql } from 'kysely';
import { atomically, type Db } from '#server/db/database.ts';
import { WORDS_VERSION } from '#server/text/words.ts';
import { type StoredVectors, type WordVectors, wordVectors } from './word-vectors.ts';

/** Stems in one part: 300 kB, which are written or read in some 5 ms. */
const PART = 3_000;

export interface Learned {
	vectors: StoredVectors;
	/** All papers that were here. */
	papers: number;
	now: Date;
}

/** Keeps what was learned, part by part, and forgets what was learned before once it is whole. */
export async function keepMeaning(db: Db, { vectors, papers, now }: Learned): Promise<void> {
	const { id } = await db
		.insertInto('meaning')
		.values({ learned_at: now, analyser: WORDS_VERSION, papers, dimensions: vectors.dimensions })
		.returning('id')
		.executeTakeFirstOrThrow();
	for (let part = 0; part * PART < vectors.stems.length; part++)
		await db
			.insertInto('meaning_part')
			.values({ meaning_id: id, part, ...partOf(vectors, part) })
			.execute();
	await atomically(db, async (tx) => {
		await tx.updateTable('meaning').set({ is_whole: true }).where('id', '=', id).execute();
		await tx.deleteFrom('meaning').where('id', '<', id).execute();
	});
}

function partOf({ stems, values, scales, dimensions }: StoredVectors, part: number) {
	const [from, to] = [part * PART, (part + 1) * PART];
	return {
		stems: stems.slice(from, to),
		vectors: Buffer.from(values.slice(from * dimensions, to * dimensions).buffer),
		scales: [...scales.subarray(from, to)]
	};
}

/** Which meaning counts, and of how many papers it was learned. */
export async function latestMeaning(db: Db) {
	return db
		.selectFrom('meaning')
		.select(['id', 'papers', 'dimensions'])
		.where('is_whole', '=', true)
		.where('analyser', '=', WORDS_VERSION)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Milliseconds between two looks whether another has been learned. */
const LOOKS = 60_000;
const known = new WeakMap<Db, { lookedAt: number; id: number | null; vectors: WordVectors | null }>();

/** The vectors of this site, which a process keeps in memory: 30,000 stems are 4 MB. Null before the first are learned. */
export async function vectorsOf(db: Db): Promise<WordVectors | null> {
	const kept = known.get(db);
	if (kept?.vectors && performance.now() - kept.lookedAt < LOOKS) return kept.vectors;
	const latest = await latestMeaning(db);
	const isKnown = kept && kept.id === (latest?.id ?? null);
	const vectors = isKnown ? kept.vectors : latest ? await readMeaning(db, latest) : null;
	known.set(db, { lookedAt: performance.now(), id: latest?.id ?? null, vectors });
	return vectors;
}

async function readMeaning(
	db: Db,
	{ id, dimensions }: { id: number; dimensions: number }
): Promise<WordVectors | null> {
	const parts = [];
	for (let part = 0; ; part++) {
		const { rows } = await sql<{ stems: string[]; vectors: Buffer; scales: number[] }>`
			select stems, vectors, scales from meaning_part where meaning_id = ${id} and part = ${part}`.execute(db);
		if (!rows[0]) break;
		parts.push(rows[0]);
	}
	// Another process may have learned anew meanwhile, and taken these away; then they are found at the next look.
	const stems = parts.flatMap((part) => part.stems);
	const values = new Int8Array(Buffer.concat(parts.map((part) => part.vectors)));
	if (stems.length === 0 || values.length !== stems.length * dimensions) return null;
	return wordVectors({ dimensions, stems, values, scales: Float32Array.from(parts.flatMap((part) => part.scales)) });
}
