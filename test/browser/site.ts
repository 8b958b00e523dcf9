import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { endDatabase } from '../database-process.ts';

const root = join(import.meta.dirname, '../..');
const broadsheet = join(root, 'bin/broadsheet');
/** What the samples lack: a day with announced papers alone, a withdrawn paper, an id of the old style, four versions. */
const MORE_PAPERS = join(import.meta.dirname, 'papers.jsonl');

export interface Site {
	address: string;
	stop(): Promise<void>;
}

interface SiteOptions {
	papers?: string | null;
	/** An empty database of a server; without it the site has an embedded one. */
	databaseUrl?: string;
}

/** Serves the built site, with the samples and `papers` besides, from a temporary folder. Nothing of it outlives `stop`. */
export async function startSite({ papers = MORE_PAPERS, databaseUrl = '' }: SiteOptions = {}): Promise<Site> {
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-site-'));
	const database = { DATA_FOLDER: folder, DATABASE_URL: databaseUrl };
	const settings = { ...database, PORT: '0', SAMPLES: 'yes', ORIGIN: '', CURATOR_LINE: '' };
	const env = { ...process.env, NODE_ENV: 'production', ...settings };
	const server = spawn(broadsheet, ['serve', '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	const stop = async () => {
		await ended(server);
		await endDatabase(folder);
		rmSync(folder, { recursive: true });
	};
	try {
		const address = await addressOf(server);
		if (papers) await promisify(execFile)(broadsheet, ['import', papers], { env });
		return { address, stop };
	} catch (fault) {
		await stop();
		throw fault;
	}
}

async function addressOf(server: ChildProcess): Promise<string> {
	let said = '';
	server.stderr!.on('data', (text) => (said += text));
	const line = once(createInterface(server.stdout!), 'line');
	const exit = once(server, 'exit').then(() => Promise.reject(new Error(`The site did not start:\n${said}`)));
	const [json] = await Promise.race([line, exit]);
	exit.catch(() => {});
	return (JSON.parse(json as string) as { address: string }).address;
}

async function ended(server: ChildProcess) {
	if (server.exitCode !== null || server.signalCode !== null) return;
	server.kill('SIGTERM');
	await once(server, 'exit');
}
