// @module-tag embedded
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { flush, message, query } from './protocol.ts';
import { streamOf, useClients } from './test-clients.ts';

/** Limits that no test reaches, however busy the machine; those below shorten the one that they are about. */
const never = { idle: 60_000, whole: 60_000 };
const limits = { ...never };
const { client, started, pool, counted } = useClients(limits);
afterEach(() => void Object.assign(limits, never));

test('transactions of many clients do not mix: no update is lost', async () => {
	await pool().query('insert into counter values (1, 0)');
	const addOne = async () => {
		const one = await pool().connect();
		await one.query('begin');
		const { rows } = await one.query('select n from counter where id = 1');
		await one.query('update counter set n = $1 where id = 1', [rows[0].n + 1]);
		await one.query('commit');
		one.release();
	};
	await Promise.all(Array.from({ length: 200 }, addOne));
	expect(await counted()).toEqual([200]);
});

test('two clients may give the same name to different statements', async () => {
	const [one, two] = [await client(), await client()];
	await one.query({ name: 'same', text: `select 'one' as said` });
	await two.query({ name: 'same', text: `select 'two' as said` });
	const [first, second] = await Promise.all([one, two].map((each) => each.query({ name: 'same', text: '' })));
	expect([first!.rows, second!.rows]).toEqual([[{ said: 'one' }], [{ said: 'two' }]]);
	await one.end();
	expect((await two.query({ name: 'same', text: '' })).rows).toEqual([{ said: 'two' }]);
	const { rows } = await two.query('select count(*)::int as left from pg_prepared_statements');
	expect(rows).toEqual([{ left: 1 }]);
});

test('a client may connect while another is in a transaction', async () => {
	const one = await client();
	await one.query('begin');
	await client();
	// It was not ended to let the other in.
	await one.query('commit');
});

test('what a client that vanishes had open is rolled back', async () => {
	const one = await client();
	await one.query('begin');
	await one.query('insert into counter values (1, 1)');
	streamOf(one).destroy();
	expect(await counted()).toEqual([]);
});

test('a client that vanishes while its query waits leaves the queue', async () => {
	const [holder, one] = [await client(), await client()];
	await holder.query('begin');
	one.query('insert into counter values (1, 1)').catch(() => {});
	await pause(20);
	streamOf(one).destroy();
	await pause(20);
	await holder.query('commit');
	expect(await counted()).toEqual([]);
});

test('what was sent before a good-bye is done', async () => {
	const socket = await started();
	socket.end(Buffer.concat([query('insert into counter values (1, 1)'), message('X')]));
	await once(socket, 'close');
	expect(await counted()).toEqual([1]);
});

test('waiting clients are served in the order in which they asked', async () => {
	const holder = await client();
	const waiting = await Promise.all(Array.from({ length: 8 }, client));
	await holder.query('begin');
	const order: number[] = [];
	const asked = waiting.map(async (one, place) => {
		await one.query('select 1');
		order.push(place);
	});
	await pause(20);
	await holder.query('commit');
	await Promise.all(asked);
	expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

describe('who does nothing while the others wait', () => {
	beforeEach(() => void (limits.idle = 300));

	test('a transaction that is left open is ended, and the others go on', async () => {
		const [idle, other] = [await client(), await client()];
		const ended = once(idle, 'error');
		await idle.query('begin');
		await idle.query('insert into counter values (1, 1)');
		expect((await other.query('select n from counter')).rows).toEqual([]);
		expect(await ended).toMatchObject([{ code: '25P03' }]);
	});

	test('a failed transaction that is left open is ended too', async () => {
		const idle = await client();
		await idle.query('begin');
		await expect(idle.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
		expect(await once(idle, 'error')).toMatchObject([{ code: '25P03' }]);
	});

	test('an exchange that is left after a Flush is ended', async () => {
		const socket = await started();
		socket.write(Buffer.concat([message('P', '', 'select 1', Buffer.alloc(2)), flush]));
		await once(socket, 'data');
		expect((await pool().query('select 1 as still')).rows).toEqual([{ still: 1 }]);
		await once(socket, 'close');
	});
});

describe('who takes long as a whole', () => {
	beforeEach(() => void (limits.whole = 1_000));

	test('a transaction that goes on for too long is ended although it is never idle', async () => {
		const busy = await client();
		const faults: unknown[] = [];
		busy.on('error', (fault) => faults.push(fault));
		await busy.query('begin');
		try {
			for (;;) await busy.query('select 1').then(() => pause(20));
		} catch (fault) {
			faults.push(fault);
		}
		expect(faults).toContainEqual(expect.objectContaining({ code: '25P04' }));
	});

	test('maintenance may take long as a whole', async () => {
		const one = await client();
		await one.query('begin');
		await one.query(`set local application_name = 'maintenance'`);
		for (const began = performance.now(); performance.now() - began < 1_200; await pause(50))
			await one.query('select 1');
		await one.query('commit');
	});
});
