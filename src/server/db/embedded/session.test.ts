// @module-tag embedded
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import type { Backend } from './backend.ts';
import { routeNotifications } from './listeners.ts';
import { flush, message, query, sync } from './protocol.ts';
import { openSession } from './session.ts';
import { useClients } from './test-clients.ts';

const { client, started, pool, socketFolder, ends } = useClients();

test('a notification reaches those who listen to its channel, and nobody else', async () => {
	const [one, two, deaf, sender] = [await client(), await client(), await client(), await client()];
	const heard: string[] = [];
	for (const [name, each] of Object.entries({ one, two, deaf, sender }))
		each.on('notification', ({ channel, payload }) => heard.push(`${name} ${channel} ${payload}`));
	await one.query('listen news');
	await two.query('LISTEN "news"; listen weather');
	await sender.query(`notify news, 'a'`);
	await one.query('unlisten news');
	await sender.query(`select pg_notify('news', 'b'), pg_notify('weather', 'c')`);
	await two.end();
	await sender.query(`notify news, 'd'`);
	await pause(20);
	expect(heard).toEqual(['one news a', 'two news a', 'two news b', 'two weather c']);
	const { rows } = await sender.query('select pg_listening_channels()');
	expect(rows).toEqual([]);
});

test('COPY FROM STDIN is refused, and its connection lives on', async () => {
	const one = await client();
	for (const text of ['copy counter from stdin', 'select 1; COPY counter FROM STDIN', 'begin; copy counter from stdin'])
		await expect(one.query(text)).rejects.toMatchObject({ code: '57014' });
	await one.query('rollback');
	const sql = ends(postgres({ path: `${socketFolder()}/.s.PGSQL.5432`, user: 'postgres', max: 1 }));
	await expect(sql`copy counter from stdin`).rejects.toMatchObject({ code: '57014' });
	expect(await sql`select 'copy x from stdin' as text`).toEqual([{ text: 'copy x from stdin' }]);
	expect((await one.query('select 1 as alive')).rows).toEqual([{ alive: 1 }]);
});

test('another driver works: pipelines, transactions, prepared statements, cursors', async () => {
	const sql = ends(postgres({ path: `${socketFolder()}/.s.PGSQL.5432`, user: 'postgres', max: 3 }));
	await sql.begin(async (tx) => {
		await Promise.all([1, 2, 3].map((id) => tx`insert into counter values (${id}, ${id})`));
	});
	const sums = await Promise.all(
		Array.from({ length: 50 }, (_, at) => sql`select ${at}::int + sum(n)::int as s from counter`)
	);
	expect(sums.map(([row]) => row!.s)).toEqual(Array.from({ length: 50 }, (_, at) => at + 6));
	const seen: number[] = [];
	await sql`select n from counter order by n`.cursor(2, (rows) => void seen.push(...rows.map(({ n }) => n)));
	expect(seen).toEqual([1, 2, 3]);
});

test('an unnamed statement outlives what others do between its parsing and its use', async () => {
	const socket = await started();
	socket.write(Buffer.concat([message('P', '', `select 'mine'`, Buffer.alloc(2)), sync]));
	await once(socket, 'data');
	await pool().query(`select $1 || 'theirs'`, ['x']);
	socket.write(Buffer.concat([message('B', '', '', Buffer.alloc(6)), message('E', '', 0), sync]));
	expect(String((await once(socket, 'data'))[0])).toContain('mine');
});

test('an answer that was too large is not read, for it is cut off anywhere', async () => {
	const cut: Backend = {
		execute: async () => ({ bytes: [Buffer.from('D\0')], tooLarge: true }),
		close: async () => {}
	};
	const listener = { send: () => {} };
	const notifications = routeNotifications<typeof listener>();
	notifications.note(listener, [{ channel: 'news', on: true }]);
	const session = openSession({ id: 1, applicationName: '', backend: cut, notifications, listener });
	const unit = session.prepare({ messages: [query(`select 'stdin'`)], end: 'Q' });
	expect(await session.run(unit)).toEqual({ bytes: [], tooLarge: true });
	expect(session.holds()).toBe(true);
});

test.for([
	['at once', []],
	['after a Flush', [flush]]
] as const)(
	'a query that comes %s after an error instead of a Sync is ignored, and nobody else notices',
	async ([, between]) => {
		const socket = await started();
		let said = '';
		socket.on('data', (bytes) => (said += bytes));
		socket.write(Buffer.concat([message('P', '', 'this is no SQL', Buffer.alloc(2)), ...between, query('select 1')]));
		while (!said.endsWith('I')) await pause(10);
		expect(said).toContain('42601');
		socket.write(query(`select 'mine again'`));
		while (!said.includes('mine again')) await pause(10);
		expect((await pool().query('select 1 as alive')).rows).toEqual([{ alive: 1 }]);
	}
);
