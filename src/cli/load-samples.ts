import { fileURLToPath } from 'node:url';
import type { Db } from '#server/db/database.ts';
import { log } from '#server/log.ts';
import { importFiles } from '#server/imports/import-files.ts';
import { sourceAt } from '#server/imports/source.ts';
import { setAsideIn } from '#server/imports/tally.ts';
import { progressLine } from './progress-line.ts';

const FILES = ['papers.jsonl.gz', 'editions.jsonl'];

/** Loads the sample papers and editions into a database that holds no paper yet. */
export async function loadSamples(db: Db) {
	if (await db.selectFrom('paper').select('id').limit(1).executeTakeFirst()) return;
	process.stderr.write('Loading the sample papers …\n');
	const paths = FILES.map((file) => fileURLToPath(new URL(`../../samples/${file}`, import.meta.url)));
	const progress = progressLine(process.stderr);
	const summary = await importFiles(db, {
		sources: await Promise.all(paths.map(sourceAt)),
		now: () => new Date(),
		onProgress: (done) => progress.show(done)
	});
	progress.end();
	const { paper, edition } = summary;
	process.stderr.write(`${paper.new.toLocaleString('en')} papers, ${edition.new + edition.changed} sample editions.\n`);
	if (setAsideIn(summary) > 0) log('warn', 'Some samples were set aside', { records: setAsideIn(summary) });
}
