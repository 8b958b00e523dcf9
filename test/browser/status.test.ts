import { hostname, tmpdir } from 'node:os';
import { expect, inject, test } from 'vitest';
import { samplesIn } from '../../src/server/status/test-samples.ts';
import { follow, journey, pathOf } from './visitor.ts';

const ask = (path: string, headers: Record<string, string> = {}) => fetch(inject('site') + path, { headers });

journey('the foot of each page leads to the status, which begins with the truth in a sentence', async (page) => {
	await page.goto('/2026-04-16');
	await follow(page, 'Status', { within: '.foot' });
	expect(pathOf(page)).toBe('/status');
	const { headline } = await (await ask('/status.json')).json();
	expect(await page.locator('h1').textContent()).toBe(headline);
	expect(await page.locator('main > header .prose').textContent()).toMatch(/papers and [\d,]+ editions are here\./);
	await follow(page, /Thursday 16 April 2026/, { within: 'main > header' });
	expect(pathOf(page)).toBe('/2026-04-16');
});

test('the status is told to programs too, and kept by nobody', async () => {
	for (const path of ['/status', '/status.json', '/readyz', '/metrics'])
		expect((await ask(path)).headers.get('cache-control'), path).toBe('no-store');
	const status = await (await ask('/status.json')).json();
	expect(status).toMatchObject({ database: { answers: true }, papers: { editions: expect.any(Number) }, backups: [] });
	expect((await ask('/status.atom')).status).toBe(404);
});

test('the status names no place of the machine', async () => {
	for (const path of ['/status', '/status.json']) {
		const text = await (await ask(path)).text();
		for (const place of [tmpdir(), hostname(), process.cwd(), 'broadsheet-site-', '127.0.0.1'])
			expect(text, path).not.toContain(place);
	}
});

test('a process that serves is ready', async () => {
	const response = await ask('/readyz');
	expect([response.status, await response.text()]).toEqual([200, 'ready\n']);
});

test('of several who ask for the metrics at once, each is told what is for him', async () => {
	const asked = Array.from({ length: 12 }, (_, index): Record<string, string> => {
		return index % 2 ? { 'x-forwarded-for': '192.0.2.7' } : {};
	});
	const answers = await Promise.all(asked.map((headers) => ask('/metrics', headers)));
	expect(answers.map(({ status }) => status)).toEqual(
		asked.map((headers) => ('x-forwarded-for' in headers ? 403 : 200))
	);
});

test('metrics are for this machine, and for nobody behind a proxy on it', async () => {
	await ask('/2026-04-16');
	const response = await ask('/metrics');
	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
	const samples = samplesIn(await response.text());
	expect(samples.get('broadsheet_database_up')).toBe(1);
	expect([...samples.keys()].some((name) => name.startsWith('broadsheet_http_request_duration_seconds_count'))).toBe(
		true
	);
	const refused = await ask('/metrics', { 'x-forwarded-for': '192.0.2.7' });
	expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('METRICS_TOKEN')]);
});
