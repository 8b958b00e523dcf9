import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { chanceOf, shuffled } from '../relevance/chance.ts';
import { memoryOf, runningDatabase, serve } from '../served.ts';
import { searchesIn, searching, searchingAmongReaders, searchingDuringImport } from './crowd.ts';
import { filesBeyond } from './grown.ts';
import { type Kind, questionsOf } from './questions.ts';

interface Several {
	/** For files that are taken in meanwhile. */
	folder: string;
	papers: number;
	/** Of each crowd. */
	seconds: number;
}

/** What people ask a search for; completions and similar papers are asked otherwise. */
const SEARCHES: Kind[] = ['one_word', 'three_words', 'eight_words', 'phrase', 'filtered', 'faceted'];

/** Searches over HTTP, at moments of their own: alone, among readers, and during an import. */
export async function severalClients(dataFolder: string, { folder, papers, seconds }: Several) {
	const { db, close } = await openDatabase({ dataFolder, databaseUrl: null });
	const paths = (turn: number) => newPaths(db, { most: searchesIn(seconds), seed: 100 + turn });
	const files = await filesBeyond(papers, folder);
	const site = await serve(dataFolder);
	try {
		// V8 compiles what it is asked for at first.
		await searching(site, { paths: await paths(0), seconds: 5 });
		const idle = await searching(site, { paths: await paths(1), seconds });
		const mixed = await searchingAmongReaders(site, { paths: await paths(2), seconds });
		const during = await searchingDuringImport(site, { paths: await paths(3), seconds, dataFolder, files });
		const database = await runningDatabase(dataFolder);
		return {
			p95_mixed_ms: mixed.searches.p95_ms,
			page_p95_mixed_ms: mixed.reads.p95_ms,
			worst_mixed_ms: mixed.searches.worst_ms,
			page_worst_mixed_ms: mixed.reads.worst_ms,
			idle_p95_ms: idle.p95_ms,
			import_p95_ms: during.p95_ms,
			import_delta_ms: during.p95_ms - idle.p95_ms,
			searches: idle.requests + mixed.searches.requests + during.requests,
			page_reads: mixed.reads.requests,
			errors: idle.errors + mixed.searches.errors + mixed.reads.errors + during.errors,
			web_mb: memoryOf(site.pid) ?? 0,
			database_mb: memoryOf(database) ?? 0
		};
	} finally {
		await close();
		await site.stop();
	}
}

/** Addresses that nobody has asked for, of all kinds by turns. */
async function newPaths(db: Db, { most, seed }: { most: number; seed: number }) {
	const questions = await questionsOf(db, { each: Math.ceil(most / SEARCHES.length), seed });
	const paths = questions.filter(({ kind }) => SEARCHES.includes(kind)).map(({ path }) => path);
	return shuffled(chanceOf(seed), [...new Set(paths)]);
}
