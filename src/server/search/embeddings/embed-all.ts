import { setTimeout as pause } from 'node:timers/promises';
import type { EmbeddingSettings } from '#server/config.ts';
import type { Db } from '#server/db/database.ts';
import { log } from '#server/log.ts';
import { type Ask, vectorsOfEach } from './each-text.ts';
import { mayAsk, noteAnswer, noteFailure } from './embedding-state.ts';
import { vectorsFrom } from './endpoint.ts';
import { NoVectors } from './no-vectors.ts';
import { papersToEmbed, type ToEmbed } from './papers-to-embed.ts';
import { sizeOfVectors, writeVectors } from './write-vectors.ts';

/** Papers of one transaction: vectors are large, and embedded everybody waits for it. */
const WRITTEN = 8;

type Outcome = 'taken' | 'again' | 'given up';

interface Embedding {
	endpoint: EmbeddingSettings;
	/** Ends it after the batch at hand. */
	signal: AbortSignal;
	/** Milliseconds that a run may take, that it waits for one answer, and that it waits when it is told to come again. */
	longestRun?: number;
	patience?: number;
	longestPause?: number;
}

/**
 * Gives every paper a vector of the model, the newest papers first, a batch at a time: what is written stays, and the next run takes
 * the rest. While the endpoint is asked, nothing is held of the database. `more`: it was ended before it was through.
 */
export async function embedAll(
	db: Db,
	{ endpoint, signal, longestRun = 600_000, patience = 60_000, longestPause = 60_000 }: Embedding
): Promise<{ taken: number; more: boolean }> {
	const { model } = endpoint;
	const ask: Ask = (texts) => vectorsFrom(endpoint, texts, { patience, signal });
	const began = performance.now();
	let taken = 0;
	let below: number | null = (await mayAsk(db, model)) ? Number.MAX_SAFE_INTEGER : null;
	while (below !== null && !isOver()) {
		const { papers, next } = await papersToEmbed(db, { model, below });
		const outcome: Outcome = papers.length > 0 ? await attempt(papers) : 'taken';
		if (outcome === 'given up') return { taken, more: false };
		if (outcome === 'taken') below = next;
	}
	return { taken, more: below !== null };

	function isOver() {
		return signal.aborted || performance.now() - began > longestRun;
	}

	async function attempt(papers: readonly ToEmbed[]): Promise<Outcome> {
		try {
			await embedBatch(papers);
			return 'taken';
		} catch (fault) {
			if (signal.aborted) return 'again';
			if (!(fault instanceof NoVectors)) throw fault;
			return (await hasWaitedAfter(fault)) ? 'again' : 'given up';
		}
	}

	async function embedBatch(papers: readonly ToEmbed[]) {
		const texts = papers.map(({ text }) => text);
		const vectors = await vectorsOfEach(ask, texts);
		await refuseOtherSize(db, { model, vectors });
		taken += papers.length;
		const rate = taken / ((performance.now() - began) / 1_000);
		for (let from = 0; from < papers.length; from += WRITTEN) {
			const part = { papers: papers.slice(from, from + WRITTEN), vectors: vectors.slice(from, from + WRITTEN) };
			await writeVectors(db, { model, ...part });
		}
		await noteAnswer(db, { model, rate, now: new Date() });
	}

	/** Waits when that is short, and tells whether it did. */
	async function hasWaitedAfter(fault: NoVectors) {
		const { failures, wait } = await noteFailure(db, { model, fault, now: new Date() });
		if (failures === 1) log('warn', 'The embedding endpoint gives no vectors', { model, reason: fault.message });
		if (wait > longestPause) return false;
		await pause(wait, undefined, { signal }).catch(() => {});
		return true;
	}
}

/** A model of another size under the same name. */
async function refuseOtherSize(db: Db, made: { model: string; vectors: readonly (Float32Array | null)[] }) {
	const size = made.vectors.find((vector) => vector)?.length;
	const here = await sizeOfVectors(db, made.model);
	if (size && here && size !== here)
		throw new NoVectors(
			`Its vectors have ${size} numbers, those that are here ${here}: it is another model. Empty the table paper_embedding to begin again.`
		);
}
