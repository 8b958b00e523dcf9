import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Seen, sendVisitors } from '../edge/visitors.ts';
import { pathsOf, pathsThere } from '../readers.ts';
import { root, type Served } from '../served.ts';

/** In a second, whatever becomes of the others. */
const RATES = { searches: 10, pages: 100 };

/** How many addresses so many seconds need, so that no answer is one that was kept. */
export const searchesIn = (seconds: number) => Math.ceil(seconds * RATES.searches * 1.2);

/** Ten searches a second, each a new one. */
export function searching(site: Served, { paths, seconds }: { paths: string[]; seconds: number }): Promise<Seen> {
	return sendVisitors({ address: site.address, paths, seconds, rate: RATES.searches });
}

/** The same, and a hundred pages of every kind a second beside it. */
export async function searchingAmongReaders(site: Served, { paths, seconds }: { paths: string[]; seconds: number }) {
	const pages = await pathsThere(site.address, await pathsOf(site.address));
	const [searches, reads] = await Promise.all([
		searching(site, { paths, seconds }),
		sendVisitors({ address: site.address, paths: pages, seconds, rate: RATES.pages })
	]);
	return { searches, reads };
}

/** The same searches while the command takes in more papers; it is interrupted behind the last of them. */
export async function searchingDuringImport(
	site: Served,
	{ paths, seconds, dataFolder, files }: { paths: string[]; seconds: number; dataFolder: string; files: string[] }
) {
	const importer = spawn(join(root, 'bin/broadsheet'), ['import', '--quiet', ...files], {
		env: { ...process.env, DATA_FOLDER: dataFolder },
		stdio: 'ignore'
	});
	const ended = once(importer, 'exit');
	const seen = await searching(site, { paths, seconds });
	const wentOn = importer.exitCode === null;
	importer.kill('SIGINT');
	if (wentOn) await ended;
	else console.error('The import ended before the searches did; there were too few papers left.');
	return seen;
}
