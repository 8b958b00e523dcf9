import { register } from 'prom-client';
import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { slowestRequests } from './slowest-requests.ts';
import { ask, page, sendRaw, startEdge } from './test-edge.ts';

test('requests are measured by route, status and cache, and never by their addresses', async ({ db }) => {
	const edge = await startEdge(db, {
		'/measured': () => page('here'),
		'/moment': () => new Response('now', { headers: { 'cache-control': 'no-store' } })
	});
	for (const path of ['/measured?q=canary', '/measured?q=canary', '/moment', '/%zz-canary'])
		await ask(edge.address, path);
	await sendRaw(edge.port, 'canary\r\n\r\n');
	const text = await register.metrics();
	const count = (labels: string) =>
		new RegExp(`^broadsheet_http_request_duration_seconds_count\\{${labels}\\} (\\d+)$`, 'm').exec(text)?.[1];
	expect(count('route="/measured",status="200",cache="miss"')).toBe('1');
	expect(count('route="/measured",status="200",cache="hit"')).toBe('1');
	expect(count('route="/moment",status="200",cache="none"')).toBe('1');
	expect(Number(count('route="refused",status="400",cache="none"'))).toBeGreaterThanOrEqual(1);
	expect(text).toMatch(/^broadsheet_http_cache_answers 2$/m);
	expect(text).not.toContain('canary');
	expect(slowestRequests(new Date()).find(({ route }) => route === '/measured')).toMatchObject({
		count: 2,
		from_cache: 0.5
	});
});
