import { join, resolve } from 'node:path';
import { inFolder } from './folders.ts';
import { rounded } from './served.ts';
import { oneClient } from './search/one-client.ts';
import { severalClients } from './search/several-clients.ts';
import { stock } from './search/stock.ts';

/**
 * `each`: questions of a kind; `seconds`: of each crowd; `fuzz-seconds`: how long the worst query is looked for; `kept`: a data folder
 * with papers, to be used instead of one that is made, and which the import adds to.
 */
export const options = { papers: 100_000, each: 150, seconds: 60, 'fuzz-seconds': 120, kept: '' };

type Given = typeof options;

/**
 * How fast the search is with 100,000 papers embedded, by kind of question: one client on the server's side, with SQLite's FTS5 on
 * the same papers beside it; a crowd of searchers and readers, and searchers during an import, over HTTP; and the slowest query that
 * a fuzzer finds. `--papers 300000` repeats papers with changed words.
 */
export async function run({ json, ...given }: Given & { json: boolean }) {
	await inFolder(async (folder) => {
		const dataFolder = given.kept ? resolve(given.kept) : join(folder, 'data');
		const stocked = given.kept ? {} : await stock(dataFolder, { folder, papers: given.papers });
		const alone = await oneClient(dataFolder, { folder, each: given.each, fuzzSeconds: given['fuzz-seconds'] });
		const crowds = await severalClients(dataFolder, { folder, ...given });
		console.table(alone.rows);
		console.table(alone.worst);
		const result = rounded({ ...alone.figures, ...crowds, ...stocked, papers: given.papers });
		console.table(result);
		if (json) console.log(JSON.stringify(result));
		if (alone.failed.length > 0 || crowds.errors > 0) process.exitCode = 1;
	});
}
