import { config } from '#server/config.ts';
import type { Db } from '#server/db/database.ts';
import { embedAll } from './embed-all.ts';
import { mayAsk } from './embedding-state.ts';
import { papersToEmbed } from './papers-to-embed.ts';
import { ensureVectorIndex } from './vector-index.ts';

/** Asks the endpoint of the settings for the vectors that papers lack, for ten minutes at most. */
export async function embedPapers(db: Db, _payload: unknown, signal: AbortSignal): Promise<{ more: boolean }> {
	// It may have been enqueued before the setting was taken away.
	if (!config.embeddings) return { more: false };
	const { more } = await embedAll(db, { endpoint: config.embeddings, signal });
	if (!signal.aborted) await ensureVectorIndex(db);
	return { more };
}

/** Whether an endpoint is set, and papers lack a vector. */
export async function arePapersToEmbed(db: Db): Promise<boolean> {
	if (!config.embeddings) return false;
	const { model } = config.embeddings;
	for (let below = (await mayAsk(db, model)) ? Number.MAX_SAFE_INTEGER : null; below !== null;) {
		const { papers, next } = await papersToEmbed(db, { model, below });
		if (papers.length > 0) return true;
		below = next;
	}
	return false;
}
