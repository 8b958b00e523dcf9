import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import type { Db } from './database.ts';
import { socketFolderOf } from './embedded/data-folder.ts';
import { message, typeOf } from './embedded/protocol.ts';
import { embeddedUser } from './embedded/socket.ts';
import { ensureRunning } from './embedded/start.ts';
import { scalar, useDataFolder } from './embedded/test-folder.ts';
import { reconnecting } from './reconnecting.ts';

const { folder, pids, logLines } = useDataFolder();
const opened: { close(): unknown }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

const noAnswer = { reason: 'unavailable', message: 'The database does not answer; try again in a minute.' };

interface Opening {
	where: pg.PoolConfig;
	ensure?: () => Promise<unknown>;
	patience?: number;
	repeatedWithin?: number;
}

function open({ where, ensure = async () => {}, patience = 50, repeatedWithin }: Opening) {
	const pool = reconnecting({ pool: new pg.Pool(where), ensure, patience, repeatedWithin });
	const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
	opened.push({ close: () => db.destroy() });
	return db;
}

/** The embedded database, and how often it was asked to be there. */
function openEmbedded(options: { processArguments?: string[]; repeatedWithin?: number } = {}) {
	let ensured = 0;
	const db = open({
		where: { host: socketFolderOf(folder()), user: embeddedUser },
		ensure: () => {
			ensured += 1;
			return ensureRunning({ folder: folder(), ...options });
		},
		patience: 10_000,
		repeatedWithin: options.repeatedWithin
	});
	return { db, ensured: () => ensured };
}

test('a database that runs is not asked whether it runs', { tags: ['embedded'] }, async () => {
	const { db, ensured } = openEmbedded();
	await scalar(db, 'select 1');
	const before = ensured();
	await Promise.all(Array.from({ length: 50 }, () => scalar(db, 'select 1')));
	expect(ensured()).toBe(before);
});

test('a read that the watchdog has ended is not asked again', { tags: ['embedded'] }, async () => {
	const { db } = openEmbedded({ processArguments: ['--unit-limit=500'], repeatedWithin: 200 });
	const endless = scalar(db, 'select count(*) from generate_series(1, 1000000000)');
	await expect(endless).rejects.toMatchObject({ reason: 'unavailable' });
	expect(await scalar(db, 'select 1')).toBe(1);
	expect(pids().length).toBe(2);
	expect(logLines().filter((line) => /took longer/.test(String(line.message))).length).toBe(1);
});

/** A server that welcomes everybody and hangs up at the first question, `lives` times; then nobody is there. */
async function serverThatHangsUp(lives: number) {
	let left = lives;
	const server = createServer((socket) => {
		let welcomed = false;
		socket.on('error', () => {});
		socket.on('data', (bytes) => {
			if (typeOf(bytes) === 'X') return;
			if (welcomed) return socket.destroy();
			welcomed = true;
			socket.write(Buffer.concat([message('R', 0), message('Z', Buffer.from('I'))]));
			left -= 1;
			if (left === 0) server.close();
		});
	}).listen(0, '127.0.0.1');
	opened.push({ close: () => server.close() });
	await once(server, 'listening');
	return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, user: 'ada', database: 'papers' };
}

/** A server that loses its first connections at a question, as one that was killed; later ones it answers. */
async function serverThatComesBack(lost: number) {
	const asked: string[] = [];
	let connections = 0;
	const ready = message('Z', Buffer.from('I'));
	const server = createServer((socket) => {
		const isLost = (connections += 1) <= lost;
		let welcomed = false;
		socket.on('error', () => {});
		socket.on('data', (bytes) => {
			if (typeOf(bytes) === 'X') return;
			if (!welcomed) {
				welcomed = true;
				return socket.write(Buffer.concat([message('R', 0), ready]));
			}
			asked.push(bytes.toString('utf8', 5, bytes.length - 1));
			if (isLost) return socket.destroy();
			socket.write(Buffer.concat([message('C', Buffer.from('SELECT 0\0')), ready]));
		});
	}).listen(0, '127.0.0.1');
	opened.push({ close: () => server.close() });
	await once(server, 'listening');
	const where = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, user: 'ada', database: 'papers' };
	const pool = reconnecting({ pool: new pg.Pool(where), ensure: async () => {}, patience: 50 });
	opened.push({ close: () => pool.end() });
	return { pool, asked };
}

test('what was lost is asked again of a connection that was made since, and of none that waited in the pool', async () => {
	const { pool, asked } = await serverThatComesBack(3);
	const lent = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
	for (const client of lent) client.release();
	const client = await pool.connect();
	await client.query('select 1', []);
	client.release();
	expect(asked).toEqual(['select 1', 'select 1']);
});

test('a whole transaction in one text, whose fate is not known, is not asked again', async () => {
	const { pool, asked } = await serverThatComesBack(1);
	const client = await pool.connect();
	const whole = 'begin; insert into job values (1); commit';
	await expect(client.query(whole, [])).rejects.toMatchObject({
		reason: 'unavailable',
		message: 'The database was interrupted; try again.'
	});
	client.release();
	expect(asked).toEqual([whole]);
});

test('a server that is away is an outage and not a defect', async () => {
	const where = await serverThatHangsUp(1);
	const db = open({ where });
	// The one connection is lost, and there is no other.
	await expect(sql`select 1`.execute(db)).rejects.toMatchObject(noAnswer);
	await expect(sql`insert into paper values (1)`.execute(db)).rejects.toMatchObject(noAnswer);
	await expect(db.transaction().execute((tx) => sql`select 1`.execute(tx))).rejects.toMatchObject(noAnswer);
});

test('a server that hangs up twice is an outage too', async () => {
	const db = open({ where: await serverThatHangsUp(2) });
	await expect(sql`select 1`.execute(db)).rejects.toMatchObject(noAnswer);
});
