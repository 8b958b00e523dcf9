// @module-tag embedded
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { databasePids, signal } from '../database-process.ts';
import { fixtures } from './fixtures.ts';
import { ended, kill, talliesNow, useOldFolder } from './old-folder.ts';

const VICTIMS = ['the command', 'the database', 'both'] as const;
/** Spread over the time that an undisturbed upgrade takes. TEST_ROUNDS=36 was tried by hand. */
const COUNT = Number(process.env.TEST_ROUNDS ?? 6);
const ROUNDS = Array.from({ length: COUNT }, (_, round) => ({
	victim: VICTIMS[round % VICTIMS.length]!,
	percent: Math.round((100 * (round + 1)) / (COUNT + 1))
}));

describe.each(fixtures())('a data folder of $version', (fixture) => {
	const { fresh, start, run, open } = useOldFolder(fixture);
	/** Milliseconds that an upgrade takes here and now. */
	let whole: number;

	beforeAll(async () => {
		const began = performance.now();
		await run(fresh(), 'migrate');
		whole = performance.now() - began;
	});

	test.each(ROUNDS)(
		'promise 35: an upgrade that is killed at $percent percent of its time, $victim, is finished by the next start',
		async ({ victim, percent }) => {
			const folder = fresh();
			const upgrade = start(folder, 'migrate');
			await pause((whole * percent) / 100);
			if (victim !== 'the command') for (const pid of databasePids(folder)) signal(pid, 'SIGKILL');
			// Who loses the database alone goes on with the next one, or gives up in a sentence.
			if (victim === 'the database') await ended(upgrade);
			else await kill(upgrade);

			const { status, err } = await run(folder, 'migrate');
			expect(status, err).toBe(0);
			const db = await open(folder);
			const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db);
			expect(rows.map(({ name }) => name)).toEqual((await migrationsIn(migrationsFolder)).map(({ name }) => name));
			expect(await talliesNow(db, fixture)).toEqual(fixture.tables);
		},
		120_000
	);
});
