import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/server/db/connection.ts';
import { migrate } from '../../src/server/db/migrate.ts';
import { startPostgres } from '../postgres/server.ts';
import { endDatabase } from '../database-process.ts';
import { fixtures } from './fixtures.ts';

/**
 * Promise 35, that the old code runs on the new schema: bin/prove-upgrade [--embedded] [COMMIT]. The release is checked out
 * and served; this version migrates its database under readers and an import; then the release's own browser tests visit
 * the process that has been running all the while.
 */
const { values, positionals } = parseArgs({ options: { embedded: { type: 'boolean' } }, allowPositionals: true });
const commit = positionals[0] ?? fixtures().at(-1)!.commit;
const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'broadsheet-prove-'));
const checkout = join(scratch, 'checkout');
const dataFolder = join(scratch, 'data');

await using left = new AsyncDisposableStack();
left.defer(() => rmSync(scratch, { recursive: true, force: true }));
checkOut();
const server = values.embedded ? null : await startPostgres();
left.defer(() => (server ? server.stop() : endDatabase(dataFolder)));
const env = {
	...process.env,
	PATH: `${join(checkout, 'node_modules/.bin')}:${process.env.PATH}`,
	DATA_FOLDER: dataFolder,
	DATABASE_URL: server?.address ?? '',
	PORT: '0'
};

const site = broadsheet('serve', '--json');
left.defer(async () => void (await end(site)));
const [line] = (await once(createInterface(site.stdout!), 'line')) as [string];
const { address } = JSON.parse(line) as { address: string };
await exited(broadsheet('import', '--quiet', join(checkout, 'test/browser/papers.jsonl')));

const readers = read(address);
const importer = broadsheet('import', '--quiet', '-');
importer.stdin!.on('error', () => {}).write(papers(0));
const { db, close } = await openDatabase({ dataFolder, databaseUrl: server?.address ?? null });
while (!(await db.selectFrom('paper').select('id').where('key', '=', '2603.10000').executeTakeFirst())) await pause(20);
const began = performance.now();
const applied = await migrate(db);
say('this version', `applied ${applied.join(', ')} in ${Math.round(performance.now() - began)} ms`);
await close();
importer.stdin!.end(papers(5_000));
say('the old import, begun before', `ended with status ${await exited(importer)}`);
const { asked, failed, worst } = await readers.stop();
say('readers of the old site meanwhile', `${asked} pages, ${failed} failed, the slowest took ${Math.round(worst)} ms`);
say('a new start of the old version', `status ${await exited(broadsheet('migrate'))} (1: it refuses a newer database)`);
const status = await suite();
say('the old browser tests on the old process', status === 0 ? 'passed' : 'failed');
process.exitCode = status === 0 && failed === 0 ? 0 : 1;

/** Its browser tests are told of a site, where they would start one. */
function checkOut() {
	const run = (command: string, args: string[], cwd = checkout) =>
		execFileSync(command, args, { cwd, stdio: 'ignore' });
	run('git', ['worktree', 'add', '--detach', checkout, commit], root);
	left.defer(() => void run('git', ['worktree', 'remove', '--force', checkout], root));
	run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
	run(join(checkout, 'node_modules/.bin/node'), ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error']);
	const shared = `import { startChromium } from './chromium.ts';
let chromium;
export async function setup(project) {
	chromium = await startChromium();
	project.provide('site', process.env.SITE);
	project.provide('chromium', chromium.wsEndpoint());
}
export const teardown = () => chromium.close();
`;
	writeFileSync(join(checkout, 'test/browser/shared.ts'), shared);
}

function broadsheet(...args: string[]) {
	return spawn(join(checkout, 'bin/broadsheet'), args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
}

async function exited(child: ChildProcess) {
	child.stdout?.resume();
	if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
	return child.exitCode;
}

function end(child: ChildProcess) {
	child.kill('SIGTERM');
	return exited(child);
}

/** Fifty pages a second, each in its own time. */
function read(from: string) {
	const result = { asked: 0, failed: 0, worst: 0 };
	const pending = new Set<Promise<void>>();
	const paths = ['/2026-04-16', '/papers/2407.13036', '/archive', '/categories/cs.CV'];
	const timer = setInterval(() => {
		const asking = ask(from + paths[result.asked % paths.length]).finally(() => pending.delete(asking));
		pending.add(asking);
	}, 20);
	const ask = async (url: string) => {
		const asked = performance.now();
		result.asked += 1;
		const found = await fetch(url).then(
			async (answer) => (await answer.text()) && answer.ok,
			() => false
		);
		if (!found) result.failed += 1;
		result.worst = Math.max(result.worst, performance.now() - asked);
	};
	return {
		async stop() {
			clearInterval(timer);
			await Promise.all(pending);
			return result;
		}
	};
}

/** Records of papers that are nowhere else. */
function papers(first: number) {
	const ids = Array.from({ length: 5_000 }, (_, number) => `2603.${10_000 + first + number}`);
	return ids.map((id) => `${JSON.stringify({ id, title: `Paper ${id}`, abstract: 'It is one of many.' })}\n`).join('');
}

async function suite() {
	const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'browser'];
	return exited(
		spawn('node', vitest, { cwd: checkout, env: { ...env, SITE: address }, stdio: ['ignore', 'inherit', 'inherit'] })
	);
}

function say(what: string, came: string) {
	process.stdout.write(`${what}: ${came}\n`);
}
