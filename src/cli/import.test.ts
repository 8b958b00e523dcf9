import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freshDatabaseUrl } from '#server/db/test-server.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endDatabase } from '../../test/database-process.ts';
import { run } from './import.ts';
import { progressLine, progressText } from './progress-line.ts';

const program = new URL('../../bin/broadsheet', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-import-'));
const data = join(folder, 'data');
const paper = (id: string) => `${JSON.stringify({ id, title: 'A title', abstract: 'We prove it.' })}\n`;

let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
	environment = { ...process.env, DATA_FOLDER: data, DATABASE_URL: await freshDatabaseUrl() };
});

/** The command, run as a person does. The input is closed only when it is given. */
function broadsheet(args: string[]) {
	const child = spawn(program, args, { env: environment });
	const done = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { child, done: done.then(([out, err, [status]]) => ({ out, err, status: status as number })) };
}

function broadsheetWith(args: string[], input = '') {
	const { child, done } = broadsheet(args);
	child.stdin.end(input);
	return done;
}

/** The database process would close by itself, ten seconds later. */
afterAll(async () => {
	await endDatabase(data);
	rmSync(folder, { recursive: true, force: true });
});

test('an import tells by its words and its exit status what became of the records', async () => {
	const file = join(folder, 'papers.jsonl');
	writeFileSync(file, paper('2603.00001') + paper('2603.00002'));
	const taken = await broadsheetWith(['import', file, '--quiet']);
	expect(taken).toMatchObject({ status: 0, out: expect.stringMatching(/^Papers: {3}2 new, 0 changed, 0 unchanged\n/) });

	const some = await broadsheetWith(['import', '-', '--json'], `${paper('2603.00002')}{"id": 5\n`);
	expect(some.status).toBe(2);
	expect(JSON.parse(some.out)).toMatchObject({ paper: { new: 0, unchanged: 1 }, unreadable: 1, finished: true });

	const rejected = await broadsheetWith(['import', '--rejected']);
	expect(rejected).toMatchObject({ status: 0, out: expect.stringMatching(/^standard input:2: is not JSON: /) });
	const asJson = await broadsheetWith(['import', '--rejected', '--json']);
	expect(JSON.parse(asJson.out)).toMatchObject({ file: 'standard input', line: 2, record: '{"id": 5' });
}, 60_000);

test('what is printed of a rejected record holds no control characters', async () => {
	const file = join(folder, 'red\u001b[31m.jsonl');
	writeFileSync(file, '\u001b[2J\u009b2J\n');
	await broadsheetWith(['import', file, '--quiet']);
	for (const options of [[], ['--json']]) {
		const { out } = await broadsheetWith(['import', '--rejected', ...options]);
		expect(out).toContain('red\\u001b[31m.jsonl');
		expect(out).not.toMatch(/[^\P{Cc}\n]/u);
	}
	const missing = await broadsheetWith(['import', `${file}.gone`]);
	expect(missing).toMatchObject({
		status: 1,
		err: expect.stringContaining('red\\u001b[31m.jsonl.gone cannot be read')
	});
}, 60_000);

test('whoever has read enough of what is rejected closes the pipe, and nothing is said', async () => {
	await broadsheetWith(['import', '-', '--quiet'], 'no record\n'.repeat(9_000));
	const script = `'${program}' import --rejected | head -n 1; echo "\${PIPESTATUS[0]}"`;
	const child = spawn('bash', ['-c', script], { env: environment });
	const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
	expect({ lines: out.trim().split('\n').slice(1), err }).toEqual({ lines: ['0'], err: '' });
}, 60_000);

test.each([
	[[], 'Name the files to import'],
	[['--rejected', 'papers.jsonl'], 'or say --rejected, without files'],
	[['/nowhere/papers.jsonl'], '/nowhere/papers.jsonl cannot be read: there is no such file.'],
	[[tmpdir()], 'is a folder; name the files in it.'],
	[['--all'], "Unknown option '--all'"]
])('broadsheet import %j cannot run, and says what to do', async (args, words) => {
	await expect(run(args)).rejects.toThrow(words);
});

test('an import that is interrupted while it waits for more says so, and exits with 130', async () => {
	const { child, done } = broadsheet(['import', '-', '--quiet']);
	const papers = Array.from({ length: 20_000 }, (_, number) => paper(`2603.${10_000 + number}`));
	// Far more than a pipe holds, so when it is gone the import has begun to read. The input stays open.
	if (!child.stdin.write(papers.join(''))) await once(child.stdin, 'drain');
	child.kill('SIGINT');
	const { status, out } = await done;
	expect(status).toBe(130);
	expect(out).toContain('It was cut off; what is counted here is kept. Run it again to take the rest.');
}, 60_000);

test.each([
	[
		{ records: 12_345, bytesRead: 400, bytesInAll: 1_000 },
		10,
		'12,345 records, 1,235 a second, 40 % read, about 15 seconds left'
	],
	[
		{ records: 100_000, bytesRead: 10, bytesInAll: 100 },
		60,
		'100,000 records, 1,667 a second, 10 % read, about 9 minutes left'
	],
	[{ records: 7, bytesRead: 400, bytesInAll: null }, 2, '7 records, 4 a second']
])('progress of %o after %d seconds: %s', (progress, seconds, expected) => {
	expect(progressText(progress, seconds)).toBe(expected);
});

test.each([
	[true, ['\r\u001b[K2 records, 4 a second', '\r\u001b[K6 records, 1 a second', '\r\u001b[K']],
	[false, ['6 records, 1 a second\n']]
])(
	'progress on a terminal (%s) is one line that is written over, else a line every five seconds',
	(isTTY, expected) => {
		let now = 0;
		const written: string[] = [];
		const line = progressLine({ isTTY, write: (text: string) => written.push(text) > 0 }, () => now);
		for (const [at, records] of [
			[100, 1],
			[500, 2],
			[600, 3],
			[6_000, 6]
		] as const) {
			now = at;
			line.show({ records, bytesRead: 0, bytesInAll: null });
		}
		line.end();
		expect(written).toEqual(expected);
	}
);
