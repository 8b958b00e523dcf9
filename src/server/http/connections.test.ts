import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { ask, page, startEdge } from './test-edge.ts';

/** With a proxy elsewhere, so that this machine is a client like any other. */
const trustedProxies = [{ address: '192.0.2.1', prefix: 32, family: 'ipv4' as const }];
const pages = { '/': () => page('here') };

async function openHalf(port: number, localAddress: string) {
	const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => {});
	onTestFinished(() => void socket.destroy());
	await once(socket, 'connect');
	socket.resume().write('GET / HTTP/1.1\r\nHost: a\r\n');
	return socket;
}

const from = (localAddress: string) => ({ localAddress });
const closed = (socket: Socket) => (socket.closed ? Promise.resolve() : once(socket, 'close'));

test('an address has 100 connections and no more; others are answered meanwhile', async ({ db }) => {
	const edge = await startEdge(db, pages, { trustedProxies });
	const held: Socket[] = [];
	while (held.length < 100) held.push(await openHalf(edge.port, '127.0.0.2'));
	await closed(await openHalf(edge.port, '127.0.0.2'));
	expect((await ask(edge.address, '/', from('127.0.0.3'))).text).toBe('here');
	await expect(ask(edge.address, '/', from('127.0.0.2'))).rejects.toThrow();
	expect(held.filter((socket) => socket.closed)).toEqual([]);

	held.pop()!.end('\r\n');
	await expect.poll(() => ask(edge.address, '/', from('127.0.0.2')).catch(() => null)).toMatchObject({ status: 200 });
});

test('where all connections are taken, the one that has asked nothing for longest gives way', async ({ db }) => {
	const slowly = Promise.withResolvers<void>();
	const slow = () => slowly.promise.then(() => page('slow'));
	const connections = { most: 5, ofAnAddress: 100 };
	const edge = await startEdge(db, { ...pages, '/slow': slow }, { trustedProxies, connections });
	const early = ask(edge.address, '/slow', from('127.0.0.9'));
	while (edge.made.length === 0) await new Promise(setImmediate);
	const held: Socket[] = [];
	for (let time = 0; time < 4; time += 1) held.push(await openHalf(edge.port, `127.0.0.${time + 2}`));
	expect((await ask(edge.address, '/', from('127.0.0.8'))).text).toBe('here');
	await closed(held[0]!);
	expect(held.map((socket) => socket.closed)).toEqual([true, false, false, false]);
	slowly.resolve();
	expect((await early).text, 'who waits for an answer keeps its connection').toBe('slow');
});

test('a proxy that is trusted, and this machine where none is named, may be for many', async ({ db }) => {
	const connections = { most: 2_000, ofAnAddress: 2 };
	for (const proxies of [[], [{ ...trustedProxies[0]!, address: '127.0.0.1' }]]) {
		const edge = await startEdge(db, pages, { trustedProxies: proxies, connections });
		for (let time = 0; time < 5; time += 1) await openHalf(edge.port, '127.0.0.1');
		expect((await ask(edge.address, '/')).text).toBe('here');
	}
});
