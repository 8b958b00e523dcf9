import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabaseUrl } from '#server/db/test-server.ts';
import { endDatabase } from '../../test/database-process.ts';
import { run } from './search.ts';

const program = new URL('../../bin/broadsheet', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-search-'));
const data = join(folder, 'data');
let environment: NodeJS.ProcessEnv;

/** The command, run as a person does. */
async function broadsheet(args: string[], settings: NodeJS.ProcessEnv = {}) {
	const child = spawn(program, args, { env: { ...environment, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
	const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { out, err, status: status as number };
}

beforeAll(async () => {
	const { PATH } = process.env;
	environment = {
		PATH,
		DATA_FOLDER: data,
		DATABASE_URL: await freshDatabaseUrl(),
		ORIGIN: 'https://papers.example.org'
	};
	const titles = ['Learnable masks for image modeling', 'Masked autoencoders', 'Phylogenetic trees'];
	const lines = titles.map((title, at) =>
		JSON.stringify({ id: `2603.0000${at + 1}`, title, abstract: `We study ${title}.`, published: `2026-03-0${at + 1}` })
	);
	writeFileSync(join(folder, 'papers.jsonl'), lines.join('\n'));
	expect(await broadsheet(['import', join(folder, 'papers.jsonl'), '--quiet'])).toMatchObject({ status: 0 });
}, 60_000);

afterAll(async () => {
	await endDatabase(data);
	rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

test('a search prints what it found, without colours where nobody sees them', async () => {
	const { out, err, status } = await broadsheet(['search', 'learnable', 'masks']);
	expect({ err, status }).toEqual({ err: '', status: 0 });
	expect(out).toMatch(/^1 paper of 3, in \d+ ms\./);
	expect(out).toContain('1   Learnable masks for image modeling\n');
	expect(out).toContain('    https://papers.example.org/papers/2603.00001\n');
	expect(out).not.toMatch(/[^\P{Cc}\n]/u);
}, 60_000);

test('the order, the page and how many are printed can be asked for', async () => {
	const limited = await broadsheet(['search', 'study', '--sort', 'newest', '--limit', '1']);
	expect(limited.out).toContain('Phylogenetic trees\n');
	expect(limited.out).not.toContain('papers/2603.00001');
	const far = await broadsheet(['search', 'study', '--page', '7']);
	expect(far).toMatchObject({ status: 0, err: '' });
}, 60_000);

test('--json prints the same as /papers.json, as one line', async () => {
	const { out, status } = await broadsheet(['search', 'masks', '--json']);
	expect(status).toBe(0);
	expect(out).not.toMatch(/[^\P{Cc}\n]/u);
	expect(JSON.parse(out)).toMatchObject({
		asked: 'masks',
		count: 2,
		papers: expect.arrayContaining([
			expect.objectContaining({ id: '2603.00001', url: 'https://papers.example.org/papers/2603.00001' })
		])
	});
}, 60_000);

test('a search that finds nothing says so, with status 2', async () => {
	const { out, status } = await broadsheet(['search', 'quaternions']);
	expect(status).toBe(2);
	expect(out).toMatch(/^No paper of 3 has all of this/);
}, 60_000);

test.each([
	[[], 'Say what to search for'],
	[[' '], 'Say what to search for'],
	[['masks', '--sort', 'best'], '--sort is one of relevance, newest, oldest, not "best".'],
	[['masks', '--page', '0'], '--page is a number from 1 to 100,000, not "0".'],
	[['masks', '--limit', '21'], '--limit is a number from 1 to 20, not "21".']
])('broadsheet search %j is refused, and says what to do', async (args, words) => {
	await expect(run(args)).rejects.toThrow(words);
});
