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
import { expect, onTestFinished } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { accessFiles } from './access-files.ts';
import { ask, page, startEdge } from './test-edge.ts';

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
	expect(readdirSync(logs)).toContain('access-2026-11-24.jsonl');
	expect(readdirSync(logs)).not.toContain('access-2026-11-18.jsonl');
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
