import { basename } from 'node:path';
import { openDatabase } from '#server/db/connection.ts';
import { broadsheet } from './broadsheet.ts';
import { inFolder, sizeOf } from './folders.ts';
import { paperFiles } from './paper-files.ts';
import { pathsOf, readFor } from './readers.ts';
import { memoryOf, round, runningDatabase, serve } from './served.ts';

/** Taken in while readers read; the other files are there before. */
const LATER = ['announced-2026-06.jsonl.gz', 'announced-2026-07.jsonl.gz', 'announced-2026-08.jsonl.gz'];
const SECONDS = 60;
const STALE = 3_000;

/**
 * 150,000 papers embedded, and at once: four readers who open pages of every kind, an import of 17,839 papers, and the
 * queue rendering 3,000 papers again. Beside it, the same readers alone. What counts is the worst wait.
 */
export async function run({ json }: { json: boolean }) {
	const files = Object.groupBy(paperFiles(), (file) => (LATER.includes(basename(file)) ? 'later' : 'before'));
	await inFolder(async (folder) => {
		await take(folder, files.before!);
		await makeStale(folder);
		const site = await serve(folder);
		const pages = { address: site.address, paths: await pathsOf(site.address) };
		const alone = await readFor(20, pages);
		const [together] = await Promise.all([readFor(SECONDS, pages), take(folder, files.later!)]);
		const database = await runningDatabase(folder);
		const result = {
			worst_wait_ms: round(together.worst),
			p99_ms: round(together.p99),
			median_ms: round(together.median),
			pages: together.pages,
			errors: together.errors,
			alone_worst_ms: round(alone.worst),
			alone_p99_ms: round(alone.p99),
			alone_median_ms: round(alone.median),
			folder_mb: round(sizeOf(folder)),
			database_mb: round(memoryOf(database) ?? 0),
			web_mb: round(memoryOf(site.pid) ?? 0)
		};
		await site.stop();
		console.table([
			{
				readers: 'alone',
				median_ms: result.alone_median_ms,
				p99_ms: result.alone_p99_ms,
				worst_ms: result.alone_worst_ms,
				ratio: 1
			},
			{
				readers: 'with an import and jobs',
				median_ms: result.median_ms,
				p99_ms: result.p99_ms,
				worst_ms: result.worst_wait_ms,
				ratio: round(result.median_ms / result.alone_median_ms)
			}
		]);
		console.table(together.slowest);
		console.table(result);
		if (json) console.log(JSON.stringify(result));
	});
}

const take = (folder: string, files: string[]) => broadsheet(folder, ['import', '--quiet', ...files]);

/** Gives the queue something to do once the site is up. */
async function makeStale(folder: string) {
	const { db, close } = await openDatabase({ dataFolder: folder, databaseUrl: null });
	await db.updateTable('paper').set({ renderer: 0 }).where('id', '<=', STALE).execute();
	await close();
}
