import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#server/db/connection.ts';
import { freshDatabaseUrl, isOnServer } from '#server/db/test-server.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }));
let databaseUrl: string;
beforeAll(async () => {
	databaseUrl = await freshDatabaseUrl();
});

/** Runs the command line as a user does, on a database of this file's own. */
function broadsheet(args: string[], settings: Record<string, string> = {}) {
	const environment = {
		PATH: process.env.PATH,
		DATA_FOLDER: join(folder, 'data'),
		DATABASE_URL: databaseUrl,
		...settings
	};
	return new Promise<{ status: number; out: string; err: string }>((resolve) => {
		execFile(join(root, 'bin/broadsheet'), args, { env: environment, timeout: 60_000 }, (fault, out, err) =>
			resolve({ status: fault ? Number(fault.code ?? -1) : 0, out, err })
		);
	});
}

test('each command says what it does', async () => {
	expect((await broadsheet([])).out).toContain('broadsheet import');
	for (const command of ['serve', 'work', 'migrate', 'import'])
		expect(await broadsheet([command, '--help'])).toMatchObject({
			status: 0,
			out: expect.stringContaining(`broadsheet ${command}`)
		});
});

test.each([
	[['frobnicate'], {}, 'There is no command “frobnicate”.'],
	[['serve', '--nope'], {}, "Unknown option '--nope'"],
	[['serve'], { PORT: 'abc' }, 'PORT is not a port number from 0 to 65535: "abc"'],
	[
		['serve'],
		{ DATABASE_URL: 'postgres://reader:hunter2@127.0.0.1:1/papers' },
		'No PostgreSQL server answers at 127.0.0.1:1/papers'
	],
	[['import', 'nowhere.jsonl'], {}, 'nowhere.jsonl cannot be read: there is no such file.']
])('%j with %o is refused in one sentence', async (args, settings, sentence) => {
	const { status, err } = await broadsheet(args, settings);
	expect(status).toBe(1);
	expect(err).toContain(sentence);
	expect(err).not.toMatch(/hunter2|\n\s+at /);
});

test('a database is migrated once; what an older renderer made is rendered again by the worker', async () => {
	expect(JSON.parse((await broadsheet(['migrate', '--json'])).out).applied).toContain('0001_papers.sql');
	expect(JSON.parse((await broadsheet(['migrate', '--json'])).out)).toEqual({ applied: [] });
	const file = join(folder, 'one.jsonl');
	writeFileSync(file, `${JSON.stringify({ id: '2407.13036', title: 'On $x^2$', abstract: 'We square.' })}\n`);
	expect(JSON.parse((await broadsheet(['import', '--json', file])).out)).toMatchObject({ paper: { new: 1 } });

	const { db, close } = await openDatabase({ dataFolder: join(folder, 'data'), databaseUrl: databaseUrl || null });
	await db.updateTable('paper').set({ renderer: 0, title: 'stale' }).execute();
	expect(JSON.parse((await broadsheet(['work', '--once', '--json'])).out)).toMatchObject({
		renderPapersAgain: 1,
		analysePapersAgain: 1
	});
	expect(await db.selectFrom('paper').select('title').execute()).toEqual([{ title: 'On x²' }]);
	await close();
}, 60_000);

test('a queue that cannot be worked ends who would empty it, with its fault', async () => {
	const url = await freshDatabaseUrl();
	const { executeSql, close } = await openDatabase({ dataFolder: join(folder, 'odd'), databaseUrl: url || null });
	await executeSql('create schema job; create table job.version (nothing int)');
	await close();
	const odd = { DATA_FOLDER: join(folder, 'odd'), DATABASE_URL: url, PORT: '0', SAMPLES: 'no' };
	expect(await broadsheet(['work', '--once'], odd)).toMatchObject({
		status: 1,
		err: expect.stringContaining('\nbroadsheet: error: ')
	});
}, 60_000);

test('work waits for a queue that cannot be opened, says so, and ends when it is told to', async () => {
	const url = await freshDatabaseUrl();
	const { executeSql, close } = await openDatabase({ dataFolder: join(folder, 'waiting'), databaseUrl: url || null });
	await executeSql('create schema job; create table job.version (nothing int)');
	await close();
	const env = { PATH: process.env.PATH, DATA_FOLDER: join(folder, 'waiting'), DATABASE_URL: url };
	const work = spawn(join(root, 'bin/broadsheet'), ['work'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
	const ended = once(work, 'exit');
	let said = '';
	for await (const part of work.stderr) {
		said += String(part);
		if (said.includes('Waiting for the queue. Stop with Ctrl-C.')) work.kill('SIGTERM');
	}
	expect(said).toContain('"message":"The queue is not worked yet"');
	expect(await ended).toEqual([0, null]);
}, 60_000);

test.runIf(isOnServer())(
	'serve serves and stops in time though the queue hangs',
	async () => {
		const url = (await freshDatabaseUrl()) as string;
		const odd = { DATA_FOLDER: join(folder, 'hanging'), DATABASE_URL: url };
		expect(await broadsheet(['work', '--once'], odd)).toMatchObject({ status: 0 });
		const { db, close } = await openDatabase({ dataFolder: '', databaseUrl: url });
		const other = await db.startTransaction().execute();
		await sql`lock table job.version in access exclusive mode`.execute(other);
		const env = { PATH: process.env.PATH, PORT: '0', SAMPLES: 'no', ...odd };
		const serve = spawn(join(root, 'bin/broadsheet'), ['serve', '--json'], {
			env,
			stdio: ['ignore', 'pipe', 'ignore']
		});
		const ended = once(serve, 'exit');
		const [line] = (await once(serve.stdout, 'data')) as [Buffer];
		const { address } = JSON.parse(String(line)) as { address: string };
		expect((await fetch(address)).status).toBe(200);
		const told = performance.now();
		serve.kill('SIGTERM');
		await ended;
		expect(performance.now() - told).toBeLessThan(13_000);
		await other.rollback().execute();
		await close();
	},
	60_000
);

test('a port that is in use is said with what to do', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => other.once('listening', resolve));
	const { port } = other.address() as { port: number };
	const { status, err } = await broadsheet(['serve'], { PORT: String(port), SAMPLES: 'no' });
	other.close();
	expect([status, err]).toEqual([1, expect.stringContaining(`Port ${port} of 127.0.0.1 is in use.`)]);
}, 60_000);
