import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { expect, inject, test } from 'vitest';
import { follow, journey, pathOf } from './visitor.ts';

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

/** Asks for a path exactly as it is written; `fetch` would tidy it. */
async function ask(path: string, options: RequestOptions = {}): Promise<Answer> {
	const { hostname, port } = new URL(inject('site'));
	const asked = request({ hostname, port, path, ...options });
	asked.end();
	const [response] = await once(asked, 'response');
	let text = '';
	for await (const part of response.setEncoding('utf8')) text += part;
	return { status: response.statusCode, headers: response.headers, text };
}

test.for([
	['/nothing/here', 404, 'Nothing here has this address.'],
	['/2026-02-31', 404, 'There is no day 2026-02-31.'],
	['/2026-W60', 404, 'There is no week 2026-W60.'],
	['/2026-13', 404, 'There is no month 2026-13.'],
	['/papers/nope', 404, 'is not a paper’s id'],
	['/papers/9999.99999', 404, 'is not a paper’s id'],
	['/papers/2401.99999', 404, '2401.99999'],
	['/papers/2407.13036v99', 404, 'has no version 99'],
	['/categories/xx.YY', 404, 'xx.YY'],
	['/authors/nobody-at-all', 404, 'No paper here names “nobody at all”'],
	['/organisations/nope', 404, 'No organisation here'],
	['/2026-04-16?page=0', 400, 'Pages count from 1.'],
	['/2026-04-16?page=99999', 404, 'page'],
	['/categories/cs.CV?page=99999', 404, 'A list is turned up to'],
	['/2026-04-16?category=%00', 400, 'That is not a category.'],
	['/2026-04-16.xyz', 404, 'Nothing here has this address.']
] as const)('%s answers %i and says why, with a way on', async ([path, status, words]) => {
	const answer = await ask(path);
	expect(answer.status).toBe(status);
	expect(answer.headers['content-type']).toMatch(/^text\/html/);
	expect(answer.text).toContain(words);
	expect(answer.text).toContain('href="/archive"');
	expect(answer.text).toContain('name="robots" content="noindex"');
});

test.for([
	[`/papers/${'9'.repeat(3_000)}`, 414, 'too long'],
	['/%E0%A4%A', 400, 'cannot be read'],
	['/papers/%00', 400, 'cannot be read'],
	['http://elsewhere.example/', 400, 'cannot be read']
] as const)('an address that no page could have is refused: %.40s', async ([path, status, words]) => {
	const answer = await ask(path);
	expect(answer.status).toBe(status);
	expect(answer.text).toContain(words);
	expect(answer.headers['x-content-type-options']).toBe('nosniff');
});

test('headers of 20 kB are refused, and the next request is answered', async () => {
	expect((await ask('/', { headers: { 'x-long': 'a'.repeat(20_000) } })).status).toBe(431);
	expect((await ask('/healthz')).status).toBe(200);
});

test('a method that no page has is refused with those that there are', async () => {
	const answer = await ask('/2026-04-16', { method: 'DELETE' });
	expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
	const form = { origin: inject('site'), 'content-type': 'application/x-www-form-urlencoded' };
	expect((await ask('/2026-04-16', { method: 'POST', headers: form })).status).toBe(405);
});

test.for([
	['/papers/arXiv:2407.13036', '/papers/2407.13036'],
	['/papers/arXiv:0704.0027v2', '/papers/0704.0027v2'],
	['/papers/math%2F0004156', '/papers/math/0004156'],
	['/papers/2407.13036.pdf', '/papers/2407.13036'],
	['/categories/CS.cv', '/categories/cs.CV'],
	['/categories/CS.cv?page=2', '/categories/cs.CV?page=2'],
	['/authors/Carlos%20Hinojosa', '/authors/carlos-hinojosa'],
	['/organisations/Google', '/organisations/google'],
	['/papers/date/2026-02-05', '/2026-02-05'],
	['/papers/week/2026-W06', '/2026-W06'],
	['/papers/month/2026-02', '/2026-02'],
	['/2026-02-05/', '/2026-02-05']
] as const)('%s is another spelling of %s, and leads there for good', async ([path, canonical]) => {
	const { status, headers } = await ask(path);
	expect(status).toBe(308);
	expect(new URL(headers.location!, inject('site')).href).toBe(inject('site') + canonical);
	expect((await ask(canonical)).status).toBe(200);
});

journey('a page that is not there leads back to the papers', async (page) => {
	await page.goto('/papers/nope');
	expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('There is no such page.');
	await follow(page, 'The latest edition');
	expect(pathOf(page)).toBe('/');
});
