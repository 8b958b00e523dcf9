import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, vi } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { accessFiles } from './access-files.ts';
import { accessLog } from './access-log.ts';
import type { Call } from './call.ts';
import { ask, page, sendRaw, startEdge } from './test-edge.ts';

function folder() {
	const made = mkdtempSync(join(tmpdir(), 'broadsheet-access-'));
	onTestFinished(() => rmSync(made, { recursive: true, force: true }));
	return made;
}

async function linesIn(logs: string) {
	for (let time = 0; time < 100; time += 1) {
		const [name] = existsSync(logs) ? readdirSync(logs) : [];
		const text = name ? readFileSync(join(logs, name), 'utf8') : '';
		if (name && text.split('"/page"').length > 2) return { name, text };
		await pause(20);
	}
	throw new Error('no access log');
}

test('promise 22: each request is one line of JSON, without what was searched for and without secrets', async ({
	db
}) => {
	const trustedProxies = [{ address: '127.0.0.1', prefix: 32, family: 'ipv4' as const }];
	const edge = await startEdge(db, { '/page': () => page('here') }, { accessLogDays: 7, trustedProxies });
	const agent = `Mozilla/5.0 "quoted" \u0085\u009b31m ${'x'.repeat(300)}`;
	const headers = { 'user-agent': agent, authorization: 'Bearer canary', 'x-forwarded-for': '198.51.100.7' };
	const answer = await ask(edge.address, '/page?q=canary', { headers });
	await ask(edge.address, '/page', { headers: { cookie: 'session=canary', 'x-request-id': 'proxy-1234' } });
	const { name, text } = await linesIn(join(edge.dataFolder, 'logs'));
	expect(name).toBe(`access-${new Date().toISOString().slice(0, 10)}.jsonl`);
	const [first, second] = text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line))
		.filter(({ path }) => path === '/page');
	expect(first).toEqual({
		time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
		id: answer.headers['x-request-id'],
		address: '198.51.100.7',
		method: 'GET',
		path: '/page',
		status: 200,
		bytes: 4,
		ms: expect.any(Number),
		cache: 'none',
		agent: agent.slice(0, 120)
	});
	expect(second).toMatchObject({ id: 'proxy-1234', path: '/page', cache: 'none' });
	expect(text).not.toContain('canary');
	// oxlint-disable-next-line no-control-regex -- they are what must not be there
	expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
	expect(statSync(join(edge.dataFolder, 'logs')).mode & 0o777).toBe(0o700);
	expect(statSync(join(edge.dataFolder, 'logs', name)).mode & 0o777).toBe(0o600);
});

test('an id that is not a proxy’s own, or is none, is not taken over', async ({ db }) => {
	const edge = await startEdge(db, { '/page': () => page('here') });
	const ids = [];
	for (const id of ['proxy-1234', 'a b', undefined])
		ids.push((await ask(edge.address, '/page', { headers: id ? { 'x-request-id': id } : {} })).headers['x-request-id']);
	expect(new Set(ids).size).toBe(3);
	expect(ids).not.toContain('proxy-1234');
});

test('older files are deleted by their names; today’s, later ones and other files stay', async () => {
	const logs = folder();
	const stay = [
		'access-2026-11-18.jsonl',
		'access-2026-11-24.jsonl',
		'access-2031-01-01.jsonl',
		'notes-2020-01-01.jsonl'
	];
	for (const name of [...stay, 'access-2026-11-17.jsonl', 'access-2020-01-01.jsonl'])
		writeFileSync(join(logs, name), '');
	await accessFiles(logs, { days: 7 }).removeBefore('2026-11-24');
	expect(readdirSync(logs).toSorted()).toEqual(stay.toSorted());
	await accessFiles(logs, { days: 0 }).removeBefore('2026-11-24');
	expect(readdirSync(logs), 'who wants no days').toEqual(['notes-2020-01-01.jsonl']);
});

test('a clock that leaps ahead deletes nothing at once; a day later what is old goes', async () => {
	const logs = folder();
	const names = ['access-2026-11-23.jsonl', 'access-2026-11-24.jsonl'];
	for (const name of names) writeFileSync(join(logs, name), '');
	const files = accessFiles(logs, { days: 7 });
	await files.removeBefore('2027-11-24');
	expect(readdirSync(logs).toSorted()).toEqual(names);
	await files.removeBefore('2026-11-24');
	await accessFiles(logs, { days: 7 }).removeBefore('2027-11-24');
	expect(readdirSync(logs).toSorted()).toEqual(names);
	for (const day of ['2026-11-29', '2026-11-30', '2026-12-01']) await files.removeBefore(day);
	expect(readdirSync(logs), 'nobody asked for anything for days').toEqual([]);
});

test('a day’s file grows to its size and no further, and says so once; the next day’s is written', async () => {
	const logs = folder();
	const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	const files = accessFiles(logs, { days: 7, largest: 1_000 });
	const batch = Array.from({ length: 3 }, () => `${'x'.repeat(99)}\n`);
	for (let time = 0; time < 6; time += 1) await files.append('2026-11-24', batch);
	await files.append('2026-11-24', ['short\n']);
	await files.append('2026-11-25', ['kept\n']);
	const words = said.mock.calls.map(([line]) => JSON.parse(String(line)));
	said.mockRestore();
	expect(statSync(join(logs, 'access-2026-11-24.jsonl')).size).toBe(900);
	expect(readFileSync(join(logs, 'access-2026-11-25.jsonl'), 'utf8')).toBe('kept\n');
	expect(words).toMatchObject([
		{ message: 'The access log cannot be written', fault: 'the file of 2026-11-24 is full: 1000 bytes are the most' },
		{ message: 'The access log is written again', lost: 10 }
	]);
});

test('the last room of the disk is left to the database', async () => {
	const logs = folder();
	await accessFiles(logs, { days: 7, leastFree: Infinity }).append('2026-11-24', ['lost\n']);
	expect(readdirSync(logs)).toEqual([]);
});

test('what was asked for fills no more than a line, whatever it was', async ({ db }) => {
	const edge = await startEdge(db, { '/page': () => page('here') }, { accessLogDays: 7 });
	for (let time = 0; time < 20; time += 1)
		await sendRaw(edge.port, `GET /${'"'.repeat(15_000)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
	for (let time = 0; time < 3; time += 1) await ask(edge.address, '/page');
	const { text } = await linesIn(join(edge.dataFolder, 'logs'));
	const refused = text.split('\n').filter((line) => line.includes('"status":414'));
	expect(refused).toHaveLength(20);
	expect(JSON.parse(refused[0]!).path).toBe(`/${'"'.repeat(199)}`);
	expect(text.length / 24).toBeLessThan(1_000);
});

test('lines that wait take 16 MB at most, however long they are; what comes on top is lost, and told', async () => {
	const logs = folder();
	const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	const log = accessLog(accessFiles(logs, { days: 7 }), () => new Date('2026-11-24T12:00:00Z'));
	const call = {
		request: { method: 'GET', url: `/${'\u0080'.repeat(300)}`, headers: { 'user-agent': '\u0080'.repeat(300) } },
		response: { statusCode: 200, writableFinished: true },
		client: { address: '192.0.2.1' }
	} as unknown as Call;
	for (let time = 0; time < 10_000; time += 1) log.write(call, 1);
	await log.close();
	const words = said.mock.calls.map(([line]) => JSON.parse(String(line)));
	said.mockRestore();
	expect(statSync(join(logs, 'access-2026-11-24.jsonl')).size / 1024 / 1024).toBeCloseTo(16, 1);
	expect(words).toMatchObject([{ message: 'The access log is written again', lost: expect.any(Number) }]);
});

test('where nothing can be written requests go on, and lines too once there is room', async () => {
	const logs = join(folder(), 'logs');
	writeFileSync(logs, 'a file where the folder should be');
	const files = accessFiles(logs, { days: 7 });
	await files.append('2026-11-24', ['lost\n', 'lost\n']);
	rmSync(logs);
	mkdirSync(logs);
	await files.append('2026-11-24', ['kept\n']);
	expect(readFileSync(join(logs, 'access-2026-11-24.jsonl'), 'utf8').trim()).toBe('kept');
});
