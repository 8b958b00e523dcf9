import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '#server/db/connection.ts';
import { broadsheet } from '../broadsheet.ts';
import { sizeOf } from '../folders.ts';
import { databaseProcesses, memoryOf } from '../served.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { filesWith } from './grown.ts';

/** What it took to have so many papers ready to be searched. */
export interface Stocked {
	import_seconds: number;
	/** Making all words and their index anew, and counting words and names, by the jobs. */
	index_build_seconds: number;
	/** The most that the database process had resident meanwhile. */
	index_build_mb: number;
	folder_mb: number;
	words_mb: number;
	index_mb: number;
}

/**
 * Takes the papers in by the command. Then their words are thrown away and made again by the jobs, which is what an upgrade from a
 * version without search does: so the index alone is timed.
 */
export async function stock(
	dataFolder: string,
	{ folder, papers }: { folder: string; papers: number }
): Promise<Stocked> {
	console.error(`Importing ${papers} papers …`);
	const files = await filesWith(papers, folder);
	const imported = await secondsOf(() => broadsheet(dataFolder, ['import', '--quiet', ...files]));
	await throwWordsAway(dataFolder);
	console.error('Making their words again …');
	const memory = watchMemory(dataFolder);
	const built = await secondsOf(() => broadsheet(dataFolder, ['work', '--once']));
	const sizes = await tableSizes(dataFolder);
	await untilClosed(dataFolder);
	return {
		import_seconds: imported,
		index_build_seconds: built,
		index_build_mb: memory.highest(),
		folder_mb: sizeOf(join(dataFolder)),
		...sizes
	};
}

async function throwWordsAway(dataFolder: string) {
	const { db, close } = await openDatabase({ dataFolder, databaseUrl: null }, { applicationName: 'maintenance' });
	await sql`truncate paper_words, word, known_name, search_progress`.execute(db);
	await close();
}

async function tableSizes(dataFolder: string) {
	const { db, close } = await openDatabase({ dataFolder, databaseUrl: null });
	const { rows } = await sql<{ words: number; index: number }>`
		select pg_table_size('paper_words') / 1e6 as words, pg_indexes_size('paper_words') / 1e6 as index`.execute(db);
	await close();
	return { words_mb: Number(rows[0]!.words), index_mb: Number(rows[0]!.index) };
}

/** The database closes behind its last client; who comes next starts a new one. */
export async function untilClosed(dataFolder: string) {
	while (databaseProcesses(dataFolder).length > 0) await pause(200);
}

function watchMemory(dataFolder: string) {
	let most = 0;
	const look = () => (most = Math.max(most, ...databaseProcesses(dataFolder).map((pid) => memoryOf(pid) ?? 0)));
	const watch = setInterval(look, 500);
	return {
		highest() {
			clearInterval(watch);
			return most;
		}
	};
}

async function secondsOf(work: () => Promise<unknown>) {
	const began = performance.now();
	await work();
	return (performance.now() - began) / 1000;
}
