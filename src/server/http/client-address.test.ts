import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { settingsFrom } from '#server/config.ts';
import { clientsBehind } from './client-address.ts';

const from = (peer: string, forwarded?: string) =>
	({ socket: { remoteAddress: peer }, headers: forwarded ? { 'x-forwarded-for': forwarded } : {} }) as IncomingMessage;

test.each([
	['', '203.0.113.9', undefined, '203.0.113.9'],
	['', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
	['', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
	['127.0.0.1', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
	['127.0.0.1', '127.0.0.1', undefined, '127.0.0.1'],
	['127.0.0.1', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
	['127.0.0.1', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
	['127.0.0.1', '127.0.0.1', '198.51.100.66, 198.51.100.1', '198.51.100.1'],
	['127.0.0.0/8 10.0.0.0/8', '127.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
	['127.0.0.0/8,10.0.0.0/8', '127.0.0.1', '10.1.2.3, 10.1.2.4', '10.1.2.3'],
	['127.0.0.1 10.0.0.0/8', '127.0.0.1', 'unknown, 10.1.2.3', '10.1.2.3'],
	['127.0.0.1', '127.0.0.1', '<script>', '127.0.0.1'],
	['::1 2001:db8::/32', '::1', '2001:db8:ffff::1', '2001:db8:ffff::1'],
	['::1', '::1', '2001:db8::1', '2001:db8::1'],
	['::1', '::1', '2001:DB8:0:0::0001', '2001:db8::1'],
	['::1', '::1', '2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
	['::1', '::1', '::FFFF:198.51.100.1', '198.51.100.1'],
	['::1', '::1', '0:0:0:0:0:ffff:c633:6401', '198.51.100.1'],
	['::1 10.0.0.0/8', '::1', '198.51.100.1, ::FFFF:10.0.0.1', '198.51.100.1'],
	['::1', '::1', `fe80::1%${'a'.repeat(1_000)}`, 'fe80::1']
])('behind %j, a connection from %s with %j is %s', (proxies, peer, forwarded, address) => {
	const { trustedProxies } = settingsFrom({ TRUSTED_PROXIES: proxies });
	expect(clientsBehind(trustedProxies)(from(peer, forwarded)).address).toBe(address);
});

test('this machine itself may stand for everybody, where no proxy is named', () => {
	expect(clientsBehind([])(from('127.0.0.1'))).toMatchObject({ isEverybody: true, isByProxy: false });
	expect(clientsBehind([])(from('203.0.113.9'))).toMatchObject({ isEverybody: false });
	const { trustedProxies } = settingsFrom({ TRUSTED_PROXIES: '127.0.0.1' });
	expect(clientsBehind(trustedProxies)(from('127.0.0.1'))).toMatchObject({ isEverybody: false, isByProxy: true });
});
