import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '#server/db/connection.ts';
import { migrate } from '#server/db/migrate.ts';
import { makePaper } from '#server/papers/make.ts';
import { ask, paperPage, startEdge } from './test-edge.ts';

let folder: string;
let database: OpenDatabase;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'broadsheet-away-'));
	database = await openDatabase({ dataFolder: folder, databaseUrl: null });
	await migrate(database.db);
	await makePaper(database.db, { key: '2401.00001', title: 'Kept' });
	await makePaper(database.db, { key: '2401.00002', title: 'Not asked for' });
}, 60_000);

afterAll(async () => {
	await database.close();
	const ended = databaseProcess();
	process.kill(ended, 'SIGTERM');
	while (isRunning(ended)) await pause(50);
	rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

function isRunning(pid: number) {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

function databaseProcess() {
	const log = readFileSync(join(folder, 'database.log'), 'utf8');
	return Number([...log.matchAll(/"message":"database ready","pid":(\d+)/g)].at(-1)![1]);
}

const pages = () => ({ '/kept': paperPage(database.db, '2401.00001'), '/other': paperPage(database.db, '2401.00002') });

test(
	'while the database stands still kept pages are served at once, and others when it goes on',
	{ tags: ['embedded'] },
	async () => {
		const edge = await startEdge(database.db, pages());
		await ask(edge.address, '/kept');
		await pause(300);
		process.kill(databaseProcess(), 'SIGSTOP');
		try {
			const began = performance.now();
			expect((await ask(edge.address, '/kept')).text).toBe('Kept');
			expect(performance.now() - began).toBeLessThan(400);
			for (let time = 0; time < 20; time += 1) expect((await ask(edge.address, '/kept')).status).toBe(200);
			// Only the first waited for an answer of the database.
			expect(performance.now() - began).toBeLessThan(1_000);
			const other = ask(edge.address, '/other');
			await pause(300);
			process.kill(databaseProcess(), 'SIGCONT');
			expect((await other).text).toBe('Not asked for');
		} finally {
			process.kill(databaseProcess(), 'SIGCONT');
		}
		await database.db.updateTable('paper').set({ title: 'Changed' }).where('key', '=', '2401.00001').execute();
		await pause(300);
		await ask(edge.address, '/kept');
		expect((await ask(edge.address, '/kept')).text).toBe('Changed');
	}
);

test(
	'a page that is not kept is 503 with Retry-After when the database stays away, and nobody waits longer',
	{ tags: ['embedded'] },
	async () => {
		const edge = await startEdge(database.db, pages(), { longestRender: 700 });
		await ask(edge.address, '/kept');
		process.kill(databaseProcess(), 'SIGSTOP');
		try {
			await pause(300);
			const [kept, other] = await Promise.all([ask(edge.address, '/kept'), ask(edge.address, '/other')]);
			expect(kept.status).toBe(200);
			expect(other).toMatchObject({ status: 503, headers: { 'retry-after': '5', 'cache-control': 'no-store' } });
		} finally {
			process.kill(databaseProcess(), 'SIGCONT');
		}
	}
);

test('a database that is killed is started again behind the pages', { tags: ['embedded'] }, async () => {
	const edge = await startEdge(database.db, pages());
	const { text } = await ask(edge.address, '/kept');
	process.kill(databaseProcess(), 'SIGKILL');
	expect((await ask(edge.address, '/kept')).text).toBe(text);
	const killed = performance.now();
	// 503 until it has started, which takes a second or two.
	while ((await ask(edge.address, '/other')).text !== 'Not asked for') {
		expect(performance.now() - killed).toBeLessThan(10_000);
		await pause(50);
	}
});
