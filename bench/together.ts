import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openDatabase } from '#server/db/connection.ts';
import { paperFiles } from './paper-files.ts';
import { databaseProcess, memoryOf, root, round, serve, type Served } from './served.ts';

/** Taken in while readers read; the other files are there before. */
const LATER = ['announced-2026-06.jsonl.gz', 'announced-2026-07.jsonl.gz', 'announced-2026-08.jsonl.gz'];
const READERS = 4;
const SECONDS = 60;
const STALE = 3_000;

/**
 * 150,000 papers embedded, and at once: four readers who open pages of every kind, an import of 17,839 papers, and the
 * queue rendering 3,000 papers again. Beside it, the same readers alone. What counts is the worst wait.
 */
export async function run({ json }: { json: boolean }) {
	const files = Object.groupBy(paperFiles(), (file) => (LATER.includes(basename(file)) ? 'later' : 'before'));
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-together-'));
	try {
		await take(folder, files.before!);
		await makeStale(folder);
		const site = await serve(folder);
		const alone = await readFor(site, 20);
		const [together] = await Promise.all([readFor(site, SECONDS), take(folder, files.later!)]);
		const database = databaseProcess(folder);
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
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
	}
}

async function take(folder: string, files: string[]) {
	await promisify(execFile)(join(root, 'bin/broadsheet'), ['import', '--quiet', ...files], {
		env: { ...process.env, DATA_FOLDER: folder }
	});
}

/** Gives the queue something to do once the site is up. */
async function makeStale(folder: string) {
	const { db, close } = await openDatabase({ dataFolder: folder, databaseUrl: null });
	await db.updateTable('paper').set({ renderer: 0 }).where('id', '<=', STALE).execute();
	await close();
}

async function readFor({ address }: Served, seconds: number) {
	const paths = await pathsOf(address);
	const end = performance.now() + seconds * 1000;
	const waits: { path: string; ms: number }[] = [];
	let errors = 0;
	const read = async (reader: number) => {
		for (let turn = reader; performance.now() < end; turn += 7) {
			const path = paths[turn % paths.length]!;
			const began = performance.now();
			const response = await fetch(address + path);
			await response.arrayBuffer();
			if (!response.ok) errors += 1;
			waits.push({ path, ms: performance.now() - began });
			await pause(20);
		}
	};
	await Promise.all(Array.from({ length: READERS }, (_, reader) => read(reader)));
	const sorted = waits.toSorted((a, b) => a.ms - b.ms);
	return {
		worst: sorted.at(-1)!.ms,
		p99: sorted[Math.floor(sorted.length * 0.99)]!.ms,
		median: sorted[Math.floor(sorted.length / 2)]!.ms,
		pages: sorted.length,
		errors,
		slowest: sorted.slice(-8).map(({ path, ms }) => ({ path, ms: round(ms) }))
	};
}

/** Pages of every kind: editions, weeks, months, categories large and small, names, papers, and other forms. */
async function pathsOf(address: string) {
	const { editions } = (await (await fetch(`${address}/archive.json`)).json()) as { editions: { day: string }[] };
	const days = editions.filter((_, index) => index % 9 === 0).map(({ day }) => `/${day}`);
	const lists = ['cs.CV', 'cs.LG', 'math.AP', 'hep-th', 'stat.ML', 'cs.GL', 'q-alg'].map((id) => `/categories/${id}`);
	const people = ['wei-wang', 'yang-liu', 'donald-e-knuth'].map((name) => `/authors/${name}`);
	const spans = ['/2026-W06', '/2026-02', '/2025-10', '/archive', '/', '/about'];
	const papers = ['2602.05640', '2511.11510', '2407.13036', 'cs/9301114'].map((key) => `/papers/${key}`);
	return [
		...days,
		...lists,
		'/categories/cs.CV?page=50',
		...people,
		...spans,
		...papers,
		'/papers/2602.05640.bib',
		`${days[0]}.json`
	];
}

function sizeOf(folder: string): number {
	return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
		const path = join(folder, entry.name);
		return sum + (entry.isDirectory() ? sizeOf(path) : entry.isFile() ? statSync(path).size / 1e6 : 0);
	}, 0);
}
