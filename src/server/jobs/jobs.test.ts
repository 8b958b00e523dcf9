import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '#server/db/connection.ts';
import { testDatabase } from '#server/db/test-database.ts';
import { workJobs } from './jobs.ts';
import { keepWorkingJobs } from './keep-working.ts';
import { startQueue } from './queue.ts';

const opened: OpenDatabase[] = [];
afterEach(() => Promise.all(opened.splice(0).map(({ close }) => close())));
const dropQueue = async () => void (await sql`drop schema if exists job cascade`.execute((await testDatabase()).db));
beforeEach(dropQueue);
afterAll(dropQueue);

async function open() {
	const { address } = await testDatabase();
	const database = await openDatabase({ dataFolder: '/nowhere', databaseUrl: address });
	opened.push(database);
	return database;
}

async function jobsDone({ executeSql }: OpenDatabase) {
	return (await executeSql(`select from job.job where state = 'completed'`)).rows.length;
}

test('several workers may start at once in a database without a queue', async () => {
	const databases = await Promise.all([open(), open(), open()]);
	const jobs = await Promise.all(databases.map((one) => workJobs(one)));
	await Promise.all(jobs.map(({ untilEmpty }) => untilEmpty()));
	await Promise.all(jobs.map(({ stop }) => stop()));
	expect(jobs.map(({ done }) => done().renderPapersAgain ?? 0).reduce((sum, one) => sum + one)).toBeGreaterThan(0);
});

test('the nightly backup is on the schedule, made up for when it was missed, and never twice at once', async () => {
	const database = await open();
	const jobs = await workJobs(database);
	const { rows: schedule } = await database.executeSql('select name, cron, timezone, options from job.schedule');
	expect(schedule).toEqual([
		{ name: 'makeBackup', cron: '30 3 * * *', timezone: 'UTC', options: expect.objectContaining({ missed: 'once' }) }
	]);
	await jobs.stop();
	const boss = await startQueue(database.executeSql, { schedule: false, supervise: false });
	const ids = [await boss.send('makeBackup', {}), await boss.send('makeBackup', {})];
	expect(ids).toEqual([expect.any(String), null]);
	const [job] = await boss.fetch('makeBackup');
	expect(job).toMatchObject({ id: ids[0], expireInSeconds: 21_600, heartbeatSeconds: 60 });
	expect(await boss.send('makeBackup', {}), 'while one is being made').toBeNull();
	await boss.complete('makeBackup', job!.id);
	await boss.stop({ graceful: false });
});

test('whoever works until the queue is empty waits neither for what is tried again later nor for other processes', async () => {
	const database = await open();
	const boss = await startQueue(database.executeSql, { schedule: false, supervise: false });
	for (const name of ['makeBackup', 'renderPapersAgain', 'ofLaterVersion']) await boss.createQueue(name);
	await boss.send('makeBackup', {});
	expect(await boss.fetch('makeBackup'), 'it is made elsewhere').toHaveLength(1);
	await boss.send('renderPapersAgain', {}, { startAfter: 3_600 });
	await boss.send('ofLaterVersion', {});
	const jobs = await workJobs(database);
	await jobs.untilEmpty();
	await jobs.stop();
	await boss.stop({ graceful: false });
	expect(jobs.done()).toMatchObject({ renderPapersAgain: 1, analysePapersAgain: 1, countWords: expect.any(Number) });
});

test('a job that hears that its process stops ends at once and goes back to the queue', async () => {
	const database = await open();
	const begun = Promise.withResolvers<void>();
	const makeBackup = async (_db: unknown, _payload: unknown, signal: AbortSignal) => {
		begun.resolve();
		await once(signal, 'abort');
		signal.throwIfAborted();
		return { more: false };
	};
	const nothing = async () => ({ more: false });
	const others = {
		renderPapersAgain: nothing,
		analysePapersAgain: nothing,
		countWords: nothing,
		findSimilar: nothing,
		learnMeaning: nothing,
		embedPapers: nothing
	};
	const jobs = await workJobs(database, { ...others, makeBackup });
	const boss = await startQueue(database.executeSql, { schedule: false, supervise: false });
	await boss.send('makeBackup', {});
	await begun.promise;
	const told = performance.now();
	await jobs.stop();
	expect(performance.now() - told).toBeLessThan(4_000);
	const { rows } = await database.executeSql(`select state from job.job where name = 'makeBackup'`);
	expect(rows).toEqual([{ state: 'retry' }]);
	await boss.stop({ graceful: false });
});

test('a queue that is broken ends no process, and is worked once it is mended', async () => {
	const database = await open();
	await database.executeSql('create schema job; create table job.version (nothing int)');
	const jobs = await keepWorkingJobs(database, 50);
	expect(jobs.isOpen).toBe(false);
	await pause(500);
	await dropQueue();
	await expect.poll(() => jobsDone(database), { timeout: 15_000 }).toBeGreaterThan(0);
	await jobs.stop();
});

test('a text that fails in its own transaction leaves nothing open', async () => {
	const { executeSql } = await open();
	await expect(executeSql('begin; select 1/0; commit')).rejects.toMatchObject({ code: '22012' });
	expect(await executeSql('select 1 as next')).toEqual({ rows: [{ next: 1 }] });
});

test('a queue that cannot be opened on a full disk is worked once there is room', { tags: ['embedded'] }, async () => {
	const { db } = await testDatabase();
	const database = await open();
	// As the database process itself does it: the session is everybody's.
	await sql`set default_transaction_read_only = on`.execute(db);
	const jobs = await keepWorkingJobs(database, 50).finally(() =>
		sql`set default_transaction_read_only = off`.execute(db)
	);
	await expect.poll(() => jobsDone(database), { timeout: 15_000 }).toBeGreaterThan(0);
	await jobs.stop();
});

test(
	'a process that is told to stop does not wait for a queue that cannot be opened',
	{ tags: ['embedded'] },
	async () => {
		const { db } = await testDatabase();
		await sql`set default_transaction_read_only = on`.execute(db);
		const jobs = await keepWorkingJobs(await open(), 60_000).finally(() =>
			sql`set default_transaction_read_only = off`.execute(db)
		);
		await jobs.stop();
	}
);
