// @module-tag embedded
import { setTimeout as pause } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Backend, backendOf } from './backend.ts';
import { query } from './protocol.ts';
import { dealTurns } from './turns.ts';
import { startUpkeep } from './upkeep.ts';
import { shareWatch, watchOf } from './watchdog.ts';

let pglite: PGlite;
let backend: Backend;
let upkeep: ReturnType<typeof startUpkeep>;

beforeAll(async () => {
	pglite = await PGlite.create();
	const watch = watchOf(shareWatch());
	backend = backendOf(pglite, watch);
	upkeep = startUpkeep({
		backend,
		turns: dealTurns(),
		units: watch.units,
		isFull: () => false,
		onWork: () => {},
		interval: 20
	});
});

afterEach(() => pglite.exec('drop table worn'));

afterAll(async () => {
	upkeep.stop();
	await pglite.close();
});

const first = async (sql: string) => Object.values((await pglite.query<Record<string, unknown>>(sql)).rows[0]!)[0];

/** The log since the last checkpoint, in MB. */
const log = async () =>
	Number(await first(`select (pg_current_wal_insert_lsn() - redo_lsn) / 1e6 from pg_control_checkpoint()`));

/** One that asks a little all the time, as the queue does of a site without visitors. */
function poll() {
	let polls = true;
	const ended = (async () => {
		for (; polls; await pause(5)) await backend.execute(query('select 1'));
	})();
	return {
		stop: () => {
			polls = false;
			return ended;
		}
	};
}

const mended = () => first(`select n_tup_upd > 0 and n_dead_tup = 0 from pg_stat_user_tables where relname = 'worn'`);

test.each([
	['a small table with many dead rows', 5_000, 1_500],
	['a table of which a fifth is dead', 200, 100]
])('%s is vacuumed although a client polls', async (_, rows, worn) => {
	const client = poll();
	await pglite.exec(`create table worn as select n as id, 0 as n from generate_series(1, ${rows}) n`);
	await pglite.exec('vacuum analyze worn');
	await backend.execute(query(`update worn set n = 1 where id <= ${worn}; select pg_stat_force_next_flush()`));
	await expect.poll(mended, { timeout: 15_000 }).toBe(true);
	await client.stop();
});

test(
	'what updates leave behind is vacuumed and checkpointed: 104 MB of rows without it',
	{ timeout: 60_000 },
	async () => {
		await pglite.exec(`
		create table worn (id int primary key, n int, filling text);
		insert into worn select n, 0, repeat('x', 200) from generate_series(1, 20000) n;`);
		for (let round = 0; round < 20; round += 1) {
			await backend.execute(query('update worn set n = n + 1'));
			await pause(25);
		}
		expect(await first('select (pg_relation_size($$worn$$) / 1e6)::float')).toBeLessThan(80);
		await expect.poll(() => first('select n_dead_tup from pg_stat_user_tables'), { timeout: 5_000 }).toBe(0);
		await expect.poll(log, { timeout: 5_000 }).toBeLessThan(10);
	}
);
