import { setTimeout as pause } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { sql } from 'kysely';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { ask, page, paperPage, startEdge } from './test-edge.ts';
import { openedAs } from './test-pools.ts';

const long = `<!doctype html>${'<p>A paper about pages, and a page about papers.</p>'.repeat(200)}`;

test('a page is made once for all who ask at the same time, and kept for those who ask later', async ({
	committed
}) => {
	const edge = await startEdge(committed, {
		'/page': async () => {
			await pause(50);
			return page(long);
		}
	});
	await ask(edge.address, '/warm');
	const first = await Promise.all(Array.from({ length: 50 }, () => ask(edge.address, '/page')));
	const later = await ask(edge.address, '/page');
	expect(edge.made).toEqual(['/warm', '/page']);
	expect(new Set([...first, later].map(({ text }) => text))).toEqual(new Set([long]));
});

test('a visitor’s page may be kept by anybody and is asked about each time; unchanged bytes are not sent again', async ({
	committed
}) => {
	const edge = await startEdge(committed, { '/page': () => page(long) });
	const plain = await ask(edge.address, '/page');
	expect(plain).toMatchObject({
		status: 200,
		headers: {
			'cache-control': 'public, no-cache',
			vary: 'Cookie, Accept-Encoding',
			'content-length': String(long.length),
			'x-content-type-options': 'nosniff',
			etag: expect.stringMatching(/^W\/"[\w-]{22}"$/)
		}
	});
	const { etag } = plain.headers as { etag: string };
	for (const ifNoneMatch of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
		const again = await ask(edge.address, '/page', { headers: { 'if-none-match': ifNoneMatch } });
		expect(again).toMatchObject({ status: 304, text: '', headers: { etag, 'cache-control': 'public, no-cache' } });
	}
	expect((await ask(edge.address, '/page', { headers: { 'if-none-match': 'W/"other"' } })).status).toBe(200);
	const head = await ask(edge.address, '/page', { method: 'HEAD' });
	expect(head).toMatchObject({ status: 200, text: '', headers: { etag, 'content-length': String(long.length) } });
});

test('a kept page is sent in the encoding that the client takes, with the same ETag', async ({ committed }) => {
	const edge = await startEdge(committed, { '/page': () => page(long), '/short': () => page('short') });
	const { etag } = (await ask(edge.address, '/page')).headers;
	const decoders = { br: brotliDecompressSync, gzip: gunzipSync } as const;
	for (const [accepted, coding] of [
		['gzip, deflate, br, zstd', 'br'],
		['gzip', 'gzip'],
		['br;q=0, gzip', 'gzip']
	] as const)
		for (let time = 0; time < 2; time += 1) {
			const got = await ask(edge.address, '/page', { headers: { 'accept-encoding': accepted } });
			expect(got.headers).toMatchObject({ 'content-encoding': coding, etag });
			expect(String(decoders[coding](got.body))).toBe(long);
		}
	const short = await ask(edge.address, '/short', { headers: { 'accept-encoding': 'br' } });
	expect([short.text, short.headers['content-encoding']]).toEqual(['short', undefined]);
	expect(edge.made).toEqual(['/page', '/short']);
});

test('a reader’s page is made for that reader, and kept by nobody; another cookie makes no reader', async ({
	committed
}) => {
	const edge = await startEdge(committed, {
		'/page': ({ headers }) => page(headers.get('cookie') ?? 'for everybody')
	});
	for (const cookie of ['session=mine', 'theme=dark; __Host-session=mine'])
		expect(await ask(edge.address, '/page', { headers: { cookie } })).toMatchObject({
			text: cookie,
			headers: { 'cache-control': 'private, no-store', vary: 'Cookie, Accept-Encoding' }
		});
	const visitor = await ask(edge.address, '/page', { headers: { cookie: 'theme=dark; my-session=1' } });
	expect(visitor).toMatchObject({ text: 'for everybody', headers: { 'cache-control': 'public, no-cache' } });
	expect(visitor.headers).not.toHaveProperty('set-cookie');
	await ask(edge.address, '/page', { headers: { cookie: 'session=mine' } });
	expect((await ask(edge.address, '/page')).text).toBe('for everybody');
});

test('promise 36: what is for one client, an error, and what must not be stored are not kept', async ({
	committed
}) => {
	const edge = await startEdge(committed, {
		'/error': () => new Response('broken', { status: 500 }),
		'/once': () => new Response('once', { headers: { 'cache-control': 'no-store' } }),
		'/cookie': () => new Response('cookie', { headers: { 'set-cookie': 'a=b' } }),
		'/varied': () => new Response('varied', { headers: { vary: 'Accept-Language' } }),
		'/moved': () => new Response(null, { status: 308, headers: { location: '/there' } }),
		'/for-now': () => new Response(null, { status: 307, headers: { location: '/there' } })
	});
	for (const path of ['/error', '/once', '/cookie', '/varied', '/nowhere', '/for-now', '/moved'])
		for (let time = 0; time < 2; time += 1) await ask(edge.address, path);
	const times = Map.groupBy(edge.made, (path) => path);
	expect(Object.fromEntries([...times].map(([path, asked]) => [path, asked.length]))).toEqual({
		'/error': 2,
		'/once': 2,
		'/cookie': 2,
		'/varied': 2,
		'/nowhere': 2,
		'/for-now': 2,
		'/moved': 1
	});
	expect((await ask(edge.address, '/nowhere')).headers['cache-control']).toBe('no-store');
	expect((await ask(edge.address, '/moved')).headers.location).toBe('/there');
});

test('promise 36: a header that is not in the key changes no kept page', async ({ committed }) => {
	const edge = await startEdge(committed, {
		'/page': ({ url, headers }) => page(`${url} ${JSON.stringify([...headers])}`)
	});
	const clean = `${edge.address}/page?page=1 [["accept","*/*"]]`;
	const poison = {
		host: 'evil.example',
		'x-forwarded-host': 'evil.example',
		'x-forwarded-proto': 'gopher',
		'x-forwarded-for': '192.0.2.1',
		'x-original-url': '/admin',
		'x-rewrite-url': '/admin',
		'x-http-method-override': 'DELETE',
		'x-broadsheet-host': 'evil.example',
		'x-sveltekit-action': 'true',
		'accept-language': 'xx',
		range: 'bytes=0-1',
		cookie: 'theme=evil'
	};
	expect((await ask(edge.address, '/page?page=1', { headers: poison })).text).toBe(clean);
	expect((await ask(edge.address, '/page?page=1')).text).toBe(clean);
	const fat = await ask(edge.address, '/page?page=2', { headers: { 'content-length': '4' } }, 'evil');
	expect(fat).toMatchObject({ status: 400, text: 'A GET carries no body.\n' });
	expect(edge.made).toEqual(['/page?page=1']);
});

test('a change of this process shows at once, and one that hangs on something else drops nothing', async ({
	committed
}) => {
	await makePaper(committed, { key: '2401.00001', title: 'Before' });
	const own = await openedAs('this process');
	const pages = { '/paper': paperPage(own, '2401.00001'), '/other': paperPage(own, '2401.00002') };
	// On a clock that stands still nothing but the write can have made it look; a busy machine may take its time for that.
	const edge = await startEdge(own, pages, { clock: () => 0, longestWait: 10_000 });
	for (const path of ['/paper', '/other', '/paper']) await ask(edge.address, path);
	for (const title of ['After', 'After that']) {
		await own.updateTable('paper').set({ title }).where('key', '=', '2401.00001').execute();
		expect((await ask(edge.address, '/paper')).text).toBe(title);
	}
	expect(edge.made).toEqual(['/paper', '/other', '/paper', '/paper']);
});

test('a change of another process shows within a second', async ({ committed }) => {
	await makePaper(committed, { key: '2401.00001', title: 'Before' });
	const [own, others] = await Promise.all([openedAs('this process'), openedAs('another process')]);
	const edge = await startEdge(own, { '/paper': paperPage(own, '2401.00001') });
	await ask(edge.address, '/paper');
	await others.updateTable('paper').set({ title: 'After' }).execute();
	const changed = performance.now();
	while ((await ask(edge.address, '/paper')).text !== 'After') expect(performance.now() - changed).toBeLessThan(1_000);
	expect(edge.made).toEqual(['/paper', '/paper']);
});

test('a page that was begun before a change is not kept after it, nor given to who asks after it', async ({
	committed
}) => {
	await makePaper(committed, { key: '2401.00001', title: 'Before' });
	const own = await openedAs('this process');
	const paper = paperPage(own, '2401.00001');
	let slowly = Promise.withResolvers<void>();
	const edge = await startEdge(own, {
		'/paper': async (asked) => {
			const made = await paper(asked);
			await slowly.promise;
			return made;
		},
		'/other': () => page('other')
	});
	await ask(edge.address, '/other');
	const early = ask(edge.address, '/paper');
	while (edge.made.length < 2) await pause(5);
	await pause(50);
	await own.updateTable('paper').set({ title: 'After' }).execute();
	const late = ask(edge.address, '/paper');
	while (edge.made.length < 3) await pause(5);
	slowly.resolve();
	expect([(await early).text, (await late).text]).toEqual(['Before', 'After']);
	slowly = Promise.withResolvers();
	slowly.resolve();
	expect((await ask(edge.address, '/paper')).text).toBe('After');
});

test('a page is made again after a minute, and shown as it was where that fails', async ({ committed }) => {
	let now = 0;
	let answer = () => page('one');
	const edge = await startEdge(committed, { '/page': () => answer() }, { clock: () => now, longestWait: 10_000 });
	await ask(edge.address, '/page');
	now = 59_000;
	answer = () => page('two');
	expect((await ask(edge.address, '/page')).text).toBe('one');
	now = 61_000;
	expect((await ask(edge.address, '/page')).text).toBe('two');
	now = 122_000;
	answer = () => new Response('away', { status: 503 });
	expect(await ask(edge.address, '/page')).toMatchObject({ status: 200, text: 'two' });
	now = 123_000 + 1_800_000;
	await sql`select`.execute(committed);
	expect((await ask(edge.address, '/page')).status).toBe(503);
});
