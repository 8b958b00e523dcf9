import type { IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { mayReadMetrics } from './metrics-access.ts';

const TOKEN = 'correct-horse-battery';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Asked for where it is. */
const HERE = { host: 'localhost:4680' };

test.for<[who: string, peer: string | undefined, headers: IncomingHttpHeaders, may: boolean, httpVersion?: string]>([
	['this machine', '127.0.0.1', {}, true],
	['this machine by IPv6', '::1', {}, true],
	['this machine on a socket for both', '::ffff:127.0.0.1', {}, true],
	['another machine', '192.0.2.7', {}, false],
	['another machine on a socket for both', '::ffff:192.0.2.7', {}, false],
	['nobody who is known', undefined, {}, false],
	['a page in a browser here, whose name leads to this machine', '127.0.0.1', { host: 'evil.example:4680' }, false],
	['such a page with a name like ours', '127.0.0.1', { host: 'localhost.evil.example' }, false],
	['such a page with our address in its name', '127.0.0.1', { host: '127.0.0.1.evil.example' }, false],
	['whoever says no host', '127.0.0.1', { host: undefined }, false],
	['this machine by its address', '127.0.0.1', { host: '127.0.0.1:4680' }, true],
	['this machine by its address of IPv6', '::1', { host: '[::1]:4680' }, true],
	['this machine in capitals, on port 80', '127.0.0.1', { host: 'LOCALHOST' }, true],
	['a proxy here, for somebody', '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }, false],
	['a proxy here that says where it is reached', '127.0.0.1', { 'x-forwarded-proto': 'https' }, false],
	['a proxy here by the standard', '127.0.0.1', { forwarded: 'for=192.0.2.7' }, false],
	['a cache here', '127.0.0.1', { via: '1.1 varnish' }, false],
	['nginx here, as it comes', '127.0.0.1', {}, false, '1.0'],
	['whoever has the token', '192.0.2.7', bearer(TOKEN), true],
	['whoever has it, through a proxy', '127.0.0.1', { ...bearer(TOKEN), 'x-forwarded-for': '192.0.2.7' }, true],
	['another token', '192.0.2.7', bearer('wrong-horse-battery'), false],
	['a part of it', '192.0.2.7', bearer(TOKEN.slice(0, -1)), false],
	['no token', '192.0.2.7', bearer(''), false],
	['a password', '192.0.2.7', { authorization: `Basic ${TOKEN}` }, false]
])('metrics, asked for by %s', ([, remoteAddress, headers, may, httpVersion = '1.1']) => {
	const asker = { socket: { remoteAddress }, headers: { ...HERE, ...headers }, httpVersion };
	expect(mayReadMetrics(asker, { token: TOKEN, origin: null })).toBe(may);
});

test('without a METRICS_TOKEN no token opens the metrics', () => {
	const asker = { socket: { remoteAddress: '192.0.2.7' }, httpVersion: '1.1' };
	for (const token of ['', 'null', 'undefined'])
		expect(mayReadMetrics({ ...asker, headers: bearer(token) }, { token: null, origin: null })).toBe(false);
});

test.each([
	['http://localhost:4680', true],
	['http://[::1]:4680', true],
	['https://127.0.0.1', true],
	['https://papers.example.org', false],
	['https://localhost.example.org', false]
])('where readers reach the site at %s, this machine alone suffices: %s', (origin, may) => {
	const asker = { socket: { remoteAddress: '127.0.0.1' }, httpVersion: '1.1' };
	expect(mayReadMetrics({ ...asker, headers: HERE }, { token: TOKEN, origin })).toBe(may);
	expect(mayReadMetrics({ ...asker, headers: bearer(TOKEN) }, { token: TOKEN, origin })).toBe(true);
});
