import { setTimeout as pause } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
	upkeep = startUpkeep({ backend, turns: dealTurns(), units: watch.units, interval: 20 });
});

afterAll(async () => {
	upkeep.stop();
	await pglite.close();
});

const first = async (sql: string) => Object.values((await pglite.query<Record<string, unknown>>(sql)).rows[0]!)[0];

/** The log since the last checkpoint, in MB. */
const log = async () =>
	Number(await first(`select (pg_current_wal_insert_lsn() - redo_lsn) / 1e6 from pg_control_checkpoint()`));

test('what updates leave behind is vacuumed and checkpointed: 104 MB of rows without it', async () => {
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
});
