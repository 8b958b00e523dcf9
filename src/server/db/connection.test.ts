import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from './connection.ts';
import { error, message, typeOf } from './embedded/protocol.ts';
import { testDatabase } from './test-database.ts';

const servers: { close(): unknown }[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** A server that answers the first packet, and every later one, as a PostgreSQL in a certain state would. */
async function serverThatSays(hello: Buffer, answer = Buffer.alloc(0)) {
	const server = createServer((socket) => {
		let greeted = false;
		socket.on('error', () => {});
		socket.on('data', (bytes) => {
			if (typeOf(bytes) === 'X') return;
			socket.write(greeted ? answer : hello);
			greeted = true;
		});
	}).listen(0, '127.0.0.1');
	servers.push(server);
	await once(server, 'listening');
	return `postgres://ada:hush@127.0.0.1:${(server.address() as AddressInfo).port}/papers`;
}

const welcome = Buffer.concat([message('R', 0), message('Z', Buffer.from('I'))]);
const column = (name: string, type: number) =>
	Buffer.concat([Buffer.from(`${name}\0`), Buffer.alloc(6), be(type), Buffer.alloc(8)]);
const be = (value: number) => Buffer.from([0, 0, 0, value]);
const short = (value: number) => Buffer.from([0, value]);
const row = (...values: string[]) =>
	message('D', short(values.length), ...values.flatMap((value) => [be(value.length), Buffer.from(value)]));
const about = (version: string, trgm: string) =>
	Buffer.concat([
		message('T', short(2), column('version', 23), column('trgm', 16)),
		row(version, trgm),
		message('C', 'SELECT 1'),
		message('Z', Buffer.from('I'))
	]);

const open = (databaseUrl: string) => openDatabase({ dataFolder: '/nowhere', databaseUrl });

test('a wrong password is refused in a sentence without the password', async () => {
	const url = await serverThatSays(error('28P01', 'password authentication failed for user "ada"', 'FATAL'));
	await expect(open(url)).rejects.toMatchObject({
		reason: 'unavailable',
		message: expect.stringMatching(
			/^The PostgreSQL server at 127.0.0.1:\d+\/papers does not accept the user and password/
		)
	});
});

test('a server older than 17 is refused', async () => {
	await expect(open(await serverThatSays(welcome, about('160004', 't')))).rejects.toMatchObject({
		reason: 'unavailable',
		message: 'The PostgreSQL server is version 16; Broadsheet needs 17 or newer.'
	});
});

test('a server without pg_trgm is refused', async () => {
	await expect(open(await serverThatSays(welcome, about('170002', 'f')))).rejects.toMatchObject({
		message: 'The PostgreSQL server lacks the extension pg_trgm; install its contrib package.'
	});
});

test('a server that answers is opened', async () => {
	const { close } = await open(await serverThatSays(welcome, about('180003', 't')));
	await close();
});

test('an address where nobody answers is refused', async () => {
	const url = await serverThatSays(welcome);
	servers.pop()!.close();
	await expect(open(url)).rejects.toMatchObject({
		message: expect.stringMatching(/^No PostgreSQL server answers at 127/)
	});
});

test('a database of a server that was opened and not asked is closed all the same', async () => {
	const { address } = await testDatabase();
	const { executeSql, close } = await openDatabase({ dataFolder: '/nowhere', databaseUrl: address });
	await close();
	await expect(executeSql('select 1')).rejects.toThrow('Cannot use a pool after calling end on the pool');
});
