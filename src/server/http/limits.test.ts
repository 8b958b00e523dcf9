import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { ownWrites } from '#server/db/own-writes.ts';
import { ask, page, sendRaw, startEdge, type Got } from './test-edge.ts';
import { LIMITS } from './limits.ts';
import { openedAs } from './test-pools.ts';

const refused: [what: string, bytes: string, status: number, words: string][] = [
	['an address of 2,001 characters', `GET /${'a'.repeat(2_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414, 'too long'],
	['headers of 20 kB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, '16 kB are the most'],
	['a form', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=b', 405, 'GET and HEAD'],
	['a method of its own', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'no request'],
	['TRACE', 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n', 405, 'GET and HEAD'],
	['a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nHost: a\r\n\r\n', 405, 'no proxy'],
	['a GET with a body', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=b', 400, 'carries no body'],
	[
		'a GET in chunks',
		'GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
		400,
		'carries no body'
	],
	['a body of 65 kB', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 66000\r\n\r\n', 413, '64 kB'],
	['two lengths', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400, 'no request'],
	['no host', 'GET / HTTP/1.1\r\n\r\n', 400, ''],
	['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400, 'one host'],
	['a host that is a path', 'GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n', 400, 'one host'],
	['a host with a user', 'GET / HTTP/1.1\r\nHost: me@evil.example\r\n\r\n', 400, 'one host'],
	['another site’s address', 'GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'cannot be read'],
	['an escape that is none', 'GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'cannot be read'],
	['UTF-8 cut off', 'GET /%c3 HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'cannot be read'],
	['a line break in the path', 'GET /a%0d%0aSet-Cookie:%20a HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'cannot be read'],
	['a NUL in the path', 'GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'cannot be read'],
	['a header with a NUL', 'GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n', 400, 'no request'],
	['what is no HTTP', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n', 400, 'no request']
];

test('what no page could answer is refused in one sentence, and the next request is answered', async ({ db }) => {
	const edge = await startEdge(db, { '/': () => page('here') });
	for (const [what, bytes, status, words] of refused) {
		// What comes after a refusal on the same connection is not awaited.
		const close = bytes.replace('\r\nHost', '\r\nConnection: close\r\nHost');
		const got = await sendRaw(edge.port, close);
		expect(got, what).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
		const [head = '', body = ''] = got.split('\r\n\r\n');
		expect(body.trim(), what).toContain(words);
		expect(body.trim().split('\n').length, what).toBe(1);
		if (words) expect(head, what).toMatch(/x-request-id: [\w-]+/i);
		expect(head, what).not.toMatch(/set-cookie/i);
	}
	expect(edge.made).toEqual([]);
	const upgrade = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n';
	expect(await sendRaw(edge.port, upgrade)).toMatch(/^HTTP\/1.1 200 /);
	expect((await ask(edge.address, '/')).text).toBe('here');
});

test('promise 33: sockets that send slowly are let go, and others are answered meanwhile', async ({ db }) => {
	const limits = { ...LIMITS, headersTimeout: 400, requestTimeout: 600, connectionsCheckingInterval: 100 };
	const edge = await startEdge(db, { '/': () => page('here') }, { limits });
	await ask(edge.address, '/');
	const slow = Array.from({ length: 500 }, () => connect(edge.port, '127.0.0.1').on('error', () => {}));
	const ended = Promise.all(slow.map((socket) => once(socket.resume(), 'close')));
	slow.forEach((socket, index) =>
		socket.write(index % 2 ? 'GET / HTTP/1.1\r\nHos' : 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na')
	);
	for (let time = 0; time < 20; time += 1) expect((await ask(edge.address, '/')).text).toBe('here');
	await Promise.race([ended, pause(5_000).then(() => Promise.reject(new Error('some are still there')))]);
	expect((await ask(edge.address, '/')).text).toBe('here');
});

test('promise 33: too many pages at once are refused with Retry-After, for under 1 ms of CPU and no write', async () => {
	const own = await openedAs('this process');
	const trustedProxies = [{ address: '127.0.0.1', prefix: 32, family: 'ipv4' as const }];
	const edge = await startEdge(own, {}, { trustedProxies });
	const get = (path: string, from: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${from}\r\n`;
	const many = (count: number) =>
		Array.from({ length: count }, (_, index) => `${get(`/${index}`, '198.51.100.7')}\r\n`).join('');
	const last = `${get('/last', '198.51.100.7')}Connection: close\r\n\r\n`;
	await sendRaw(edge.port, many(250) + last);

	const [writes, made] = [ownWrites(), edge.made.length];
	const before = process.cpuUsage();
	const got = await sendRaw(edge.port, many(900) + last);
	const { user, system } = process.cpuUsage(before);
	const times = got.split('HTTP/1.1 429').length - 1;
	expect(times).toBeGreaterThan(800);
	expect(got).toMatch(/retry-after: \d+\r\n/);
	expect(got).toContain('This is too much at once; ask again in a second.');
	// Of the client in this test too.
	expect((user + system) / 1_000 / times).toBeLessThan(1);
	expect([ownWrites(), edge.made.length - made]).toEqual([writes, 901 - times]);

	expect((await ask(edge.address, '/', { headers: { 'x-forwarded-for': '198.51.100.8' } })).status).toBe(404);
});

test('promise 33: where 200 pages are being made, the next is told to come back instead of waiting behind them', async ({
	db
}) => {
	const full = Promise.withResolvers<void>();
	const pages = Object.fromEntries(
		Array.from({ length: 205 }, (_, index) => [`/${index}`, () => full.promise.then(() => page('made'))])
	);
	const edge = await startEdge(db, pages);
	const asked = Object.keys(pages).map((path) => ask(edge.address, path));
	const refused: Got[] = [];
	for (const answer of asked) void answer.then((got) => got.status === 503 && refused.push(got));
	while (refused.length < 5) await pause(10);
	expect(refused[0]).toMatchObject({ headers: { 'retry-after': '5', 'cache-control': 'no-store' } });
	full.resolve();
	const statuses = (await Promise.all(asked)).map(({ status }) => status);
	expect(statuses.filter((status) => status === 200)).toHaveLength(200);
	expect((await ask(edge.address, '/204')).text).toBe('made');
});

test('a page that is given up counts until it ends, so that a database that hangs is not asked for more and more', async ({
	db
}) => {
	const hangs = Promise.withResolvers<void>();
	const slow = async () => {
		await hangs.promise;
		return page('late');
	};
	const trustedProxies = [{ address: '127.0.0.1', prefix: 32, family: 'ipv4' as const }];
	const edge = await startEdge(
		db,
		{ '/slow': slow, '/quick': () => page('quick') },
		{ trustedProxies, longestRender: 50 }
	);
	const from = (client: number) => ({ headers: { 'x-forwarded-for': `192.0.2.${client}` } });
	const given = await Promise.all(
		Array.from({ length: 200 }, (_, index) => ask(edge.address, `/slow?page=${index}`, from(index)))
	);
	expect(new Set(given.map(({ text }) => text))).toEqual(
		new Set(['The papers cannot be reached right now; ask again in a few seconds.\n'])
	);
	expect(await ask(edge.address, '/quick', from(201))).toMatchObject({
		status: 503,
		text: 'Too many pages are asked for right now; ask again soon.\n'
	});
	hangs.resolve();
	await expect.poll(() => ask(edge.address, '/quick', from(202)).then(({ text }) => text)).toBe('quick');
});
