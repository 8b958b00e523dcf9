// @module-tag embedded
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { message, query, sync } from './protocol.ts';
import { hello, useClients } from './test-clients.ts';

const { client, raw, started, pool } = useClients();

test('more than 200 clients are refused', async () => {
	const many = await Promise.all(Array.from({ length: 200 }, raw));
	const one = await client().catch((fault: unknown) => fault);
	expect(one).toMatchObject({ code: '53300' });
	many.forEach((socket) => socket.destroy());
	await pause(50);
	expect((await pool().query('select 1 as room')).rows).toEqual([{ room: 1 }]);
});

test('encryption is declined and the connection goes on', async () => {
	const socket = await raw();
	socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
	expect(String((await once(socket, 'data'))[0])).toBe('N');
	socket.write(hello);
	expect(String((await once(socket, 'data'))[0])).toMatch(/^R/);
});

test('a client that asks for encryption again and again is sent away', async () => {
	const socket = await raw();
	let said = '';
	socket.on('data', (bytes) => (said += bytes));
	socket.write(Buffer.concat(Array.from({ length: 1_000 }, () => Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))));
	await once(socket, 'close');
	expect(said).toMatch(/^NE[^]*08P01/);
});

test(
	'clients that do not read are sent away, the slowest first, before their answers fill the memory',
	{ timeout: 60_000 },
	async () => {
		const sockets = await Promise.all(Array.from({ length: 4 }, started));
		for (const socket of sockets) {
			socket.pause();
			socket.write(query(`select repeat('x', 100000000)`));
		}
		// Asked after them, so answered after them; and who was sent away has two seconds to read.
		expect((await pool().query('select 1 as still')).rows).toEqual([{ still: 1 }]);
		await pause(2_500);
		const read = await Promise.all(sockets.map(readAll));
		expect(read.filter((size) => size > 100_000_000).length).toBe(3);
	}
);

async function readAll(socket: Socket) {
	let size = 0;
	socket.on('data', (bytes) => (size += bytes.length));
	socket.resume();
	await Promise.race([once(socket, 'close'), until(() => size > 100_000_000)]);
	return size;
}

const until = async (isSo: () => boolean) => {
	while (!isSo()) await pause(20);
};

test('a request to cancel is closed without an answer', async () => {
	const socket = await raw();
	socket.write(Buffer.from([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 1, 0, 0, 0, 1]));
	socket.resume();
	await once(socket, 'close');
	expect(socket.bytesRead).toBe(0);
});

const hostile: [name: string, welcomed: boolean, bytes: Buffer][] = [
	['speaks HTTP', false, Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n')],
	['says that its first packet has 4 GB', false, Buffer.from([255, 255, 255, 255, 0, 3, 0, 0])],
	['says that its message has 2 GB', true, Buffer.from([0x51, 0x7f, 255, 255, 255, 1])],
	['sends an unknown message', true, Buffer.from('!!!!!!!!')],
	['sends a Bind without texts', true, Buffer.concat([message('B', Buffer.from('ab')), sync])]
];

test.for(hostile)('a client that %s is sent away, alone', async ([, welcomed, bytes]) => {
	const socket = welcomed ? await started() : await raw();
	let said = '';
	socket.on('data', (some) => (said += some));
	socket.write(bytes);
	await once(socket, 'close');
	expect(said).toContain('08P01');
	expect((await pool().query('select 1 as still')).rows).toEqual([{ still: 1 }]);
});

test('a client that does not read its answer holds up nobody', async () => {
	const socket = await started();
	socket.pause();
	socket.write(Buffer.concat(Array.from({ length: 20 }, () => query(`select repeat('x', 5000000)`))));
	await pause(100);
	const before = process.memoryUsage().arrayBuffers;
	for (let at = 0; at < 20; at += 1) await pool().query('select 1');
	expect(socket.bytesRead).toBeLessThan(100_000_000);
	expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
	let size = 0;
	socket.on('data', (bytes) => (size += bytes.length));
	socket.resume();
	while (size < 100_000_000) await pause(20);
});
