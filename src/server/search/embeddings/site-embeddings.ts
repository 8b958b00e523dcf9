import { config } from '#server/config.ts';
import type { Db } from '#server/db/database.ts';
import { type EmbeddingFigures, embeddingFigures } from './embedding-state.ts';
import { queryFigures } from './nearest.ts';
import type { QueryFigures } from './query-vectors.ts';

/** How it goes with the endpoint of the settings. */
export interface SiteEmbeddings extends EmbeddingFigures {
	/** In this process. */
	queries: QueryFigures;
}

/** Null where no endpoint is set. */
export async function siteEmbeddings(db: Db): Promise<SiteEmbeddings | null> {
	const queries = queryFigures();
	if (!config.embeddings || !queries) return null;
	return { ...(await embeddingFigures(db, config.embeddings.model)), queries };
}
