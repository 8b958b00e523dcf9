import { request, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';

/** Asks with exactly these headers, and decodes nothing. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
	return new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
		const asked = request(inject('site'), { path, headers, method }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('end', () =>
				resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) })
			);
		});
		asked.on('error', reject).end();
	});
}

test.for(['/', '/2026-04-16', '/2026-04-16.json', '/archive', '/papers/2602.05640', '/sitemap.xml', '/robots.txt'])(
	'%s is kept for visitors, compressed, and not sent again unchanged',
	async (path) => {
		const plain = await ask(path);
		expect(plain.headers).toMatchObject({
			'cache-control': 'public, no-cache',
			vary: 'Cookie, Accept-Encoding',
			'content-length': String(plain.body.length)
		});
		const packed = await ask(path, { 'accept-encoding': 'br, gzip' });
		expect(packed.headers.etag).toBe(plain.headers.etag);
		if (plain.body.length >= 1_000) expect(brotliDecompressSync(packed.body).equals(plain.body)).toBe(true);
		const again = await ask(path, { 'if-none-match': plain.headers.etag! });
		expect([again.status, again.body.length]).toEqual([304, 0]);
		const head = await ask(path, {}, 'HEAD');
		expect([head.headers['content-length'], head.body.length]).toEqual([String(plain.body.length), 0]);
		const poison = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-original-url': '/about' };
		expect((await ask(`${path}?`, poison)).body.equals((await ask(`${path}?`)).body)).toBe(true);
	}
);

test('a reader’s page is the reader’s own', async () => {
	const { status, headers } = await ask('/2026-04-16', { cookie: 'session=mine', 'accept-encoding': 'gzip' });
	expect([status, headers['cache-control'], headers['content-encoding']]).toEqual([200, 'private, no-store', 'gzip']);
	expect(headers.etag).toBe(undefined);
});

test('a file of the build has a name for each content, and is kept for good', async () => {
	const [, css] = /href="([^"]+\.css)"/.exec(String((await ask('/about')).body))!;
	const { status, headers } = await ask(new URL(css!, `${inject('site')}/about`).pathname, { 'accept-encoding': 'br' });
	expect(status).toBe(200);
	expect(headers).toMatchObject({
		'cache-control': 'public,max-age=31536000,immutable',
		'content-type': 'text/css',
		'content-encoding': 'br',
		'x-content-type-options': 'nosniff'
	});
	expect(headers['x-request-id']).toMatch(/^[\w-]{8,}$/);
});

test('promise 36: errors, and what tells of this moment, are stored by nobody', async () => {
	for (const path of [
		'/nothing',
		'/2401.99999',
		'/papers/2401.99999',
		'/papers/2401.99999.json',
		'/healthz',
		'/_app/immutable/none.css',
		'/?page=0'
	])
		expect((await ask(path)).headers['cache-control'], path).toBe('no-store');
	const paths = ['/account/x.css', '/2026-04-16/x.css', '/papers/2602.05640/x.css'];
	for (const path of paths)
		expect((await ask(path, { cookie: 'session=mine' })).headers['cache-control']).toBe('private, no-store');
});

test('an error of a form is JSON, and HTML for a browser, whoever asked first', async () => {
	const path = '/papers/2401.99998.json';
	const types = [];
	for (const accept of ['*/*', 'text/html,*/*', '*/*'])
		types.push((await ask(path, { accept })).headers['content-type']);
	expect(types).toEqual(['application/json', expect.stringContaining('text/html'), 'application/json']);
});
