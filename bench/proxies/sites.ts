import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, served, type Served } from '../served.ts';

/** The site on a folder and a port, with the samples. */
export interface Site extends Served {
	folder: string;
	port: number;
}

const environmentOf = (folder: string) => ({ ...process.env, DATA_FOLDER: folder, SAMPLES: 'yes', LOG_LEVEL: 'error' });

export async function startSite(folder: string, settings: Record<string, string>): Promise<Site> {
	const env = { ...environmentOf(folder), PORT: '0', ...settings };
	const server = spawn(join(root, 'bin/broadsheet'), ['serve', '--json'], {
		env,
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const site = await served(server);
	return { ...site, folder, port: Number(settings.PORT ?? new URL(site.address).port) };
}

/** The site for as long as the work lasts, and no longer, whatever happens. */
export async function withSite<T>(folder: string, settings: Record<string, string>, work: (site: Site) => Promise<T>) {
	const site = await startSite(folder, settings);
	try {
		return await work(site);
	} finally {
		await site.stop();
	}
}

export async function importInto({ folder }: Site, file: string) {
	await promisify(execFile)(join(root, 'bin/broadsheet'), ['import', '--quiet', file], { env: environmentOf(folder) });
}

/** Papers of the samples, to have an address for each attempt. */
export async function keysOfPapers({ port }: Site) {
	const days = ['2026-04-16', '2026-02-05', '2026-02-06'].map(async (day) => {
		const response = await fetch(`http://127.0.0.1:${port}/${day}.json`);
		return ((await response.json()) as { papers: { id: string }[] }).papers;
	});
	return [...new Set((await Promise.all(days)).flat().map(({ id }) => id))];
}
