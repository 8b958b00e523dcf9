import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { migrate, migrationsFolder } from '#server/db/migrate.ts';
import { featurePaper } from '#server/editions/feature.ts';
import { workJobs } from '#server/jobs/jobs.ts';
import { enqueueAgain } from '#server/jobs/pending-jobs.ts';
import { startQueue } from '#server/jobs/queue.ts';
import { makePaper } from '#server/papers/make.ts';
import { countUnanalysed } from '#server/papers/unanalysed.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { type Kind, kinds, useDatabases } from './test-databases.ts';
import { bringIn, checkBackup, restoreBackup } from './restore-backup.ts';
import { emptyTables } from './restoring.ts';
import { writeBackup } from './write-backup.ts';

const { empty } = useDatabases();
const now = new Date('2026-11-24T03:30:00Z');
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-restore-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;

/** A backup of what is in the database now, as a test's own file. */
async function backedUp({ db }: OpenDatabase) {
	const path = join(folder, `${(made += 1)}.backup`);
	await db
		.transaction()
		.setIsolationLevel('repeatable read')
		.execute((tx) => writeBackup(tx, { path, now }));
	return path;
}

async function filled(kind: Kind) {
	const database = await empty(kind);
	await migrate(database.db);
	for (let number = 1; number <= 20; number += 1) await makePaper(database.db, { title: `Paper $x^{${number}}$` });
	const { key } = await makePaper(database.db, { title: 'On page one', announced: '2026-04-16' });
	await featurePaper(database.db, { day: '2026-04-16', key, place: 1, now });
	return database;
}

const backups = new Map<Kind, Promise<string>>();
/** A backup of twenty papers and a featured one, made once by each kind of database. */
const samplesOf = (kind: Kind) => {
	if (!backups.has(kind)) backups.set(kind, filled(kind).then(backedUp));
	return backups.get(kind)!;
};

const restored = async (database: OpenDatabase, path: string, signal?: AbortSignal) =>
	restoreBackup(database, { path, verified: await checkBackup({ path }), signal });

const rowsOf = async (db: Db, text: string) => (await sql.raw<Record<string, unknown>>(text).execute(db)).rows;

/** The first table with rows: of a few, they are one part. */
function firstPart({ header, trailer }: Awaited<ReturnType<typeof checkBackup>>) {
	const table = header.tables.find(({ name }) => trailer.tables[name]!.rows > 0)!.name;
	return { table, rows: trailer.tables[table]!.rows };
}

async function workUntilEmpty(database: OpenDatabase) {
	const jobs = await workJobs(database);
	await jobs.untilEmpty();
	await jobs.stop();
}

const pairs = kinds().flatMap((from) => kinds().map((to) => [from, to] as const));

describe.each(pairs)('from %s to %s', (from, to) => {
	test('promise 8: what was backed up and restored has the same checksums, and goes on', async () => {
		const path = await samplesOf(from);
		const target = await empty(to);
		expect(await restored(target, path)).toMatchObject({ partsBefore: 0, applied: [], jobs: 0 });
		// The restore compared what it wrote; another backup of it says the same once more.
		const [one, other] = [await checkBackup({ path }), await checkBackup({ path: await backedUp(target) })];
		expect(other.trailer).toEqual(one.trailer);
		expect(one.trailer.tables.paper).toMatchObject({ rows: 21 });

		// Counters go on, triggers count again, and what the tables hold is what they held.
		const last = await rowsOf(target.db, 'select max(id) as id from paper');
		const { id } = await makePaper(target.db, { title: 'The next one', announced: '2026-04-16' });
		expect(id).toBeGreaterThan(Number(last[0]!.id));
		expect(await rowsOf(target.db, `select announced, featured from edition where day = '2026-04-16'`)).toEqual([
			{ announced: 2, featured: 1 }
		]);
	}, 60_000);

	test('every kind of value comes back as it was', async () => {
		const make = `create table odd (id bigint generated always as identity primary key, name text unique, bytes bytea,
			at timestamptz, day date, names text[], counts bigint[], big bigint, amount numeric, vector real[], exact float8,
			body jsonb, raw json, flag boolean, small smallint, spell interval, twice bigint generated always as (id * 2) stored)`;
		const emptyWithIt = async (kind: Kind) => {
			const database = await empty(kind);
			await migrate(database.db);
			await sql.raw(make).execute(database.db);
			return database;
		};
		const source = await emptyWithIt(from);
		await sql
			.raw(
				`
			insert into odd (name, bytes, at, day, names, counts, big, amount, vector, exact, body, raw, flag, small, spell) values
			('a', '\\x00ff0a22', '2026-11-24 03:30:00.123456+02', '0044-03-15 BC', array['', null, 'a"b\\c,{}', E'line\\nbreak'],
				'[0:1]={1,2}', 9223372036854775807, 12345678901234567890.0123456789, '{1.1,-0,NaN,Infinity}', 0.1::float8 + 0.2,
				'{"a": [1.0, null, "\\u00e9"]}', E'{ "spaced" :\\n 1 }', true, -32768, '1 mon -2 days 03:04:05.6'),
			(U&'\\2028\\2029\\FEFF 🐘', '', 'infinity', '5874897-12-31', '{}', null, -9007199254740993, 'NaN', '{}', '-Infinity',
				'null', 'null', false, 0, '0'),
			('B', null, '-infinity', 'infinity', array[['x','y'],['z',null]], '{}', null, 0.000, null, 5e-324, '"null"', '[]', null, null, null),
			(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)`
			)
			.execute(source.db);
		// As the server itself writes them, and told apart as it tells them apart.
		const asText = (db: Db) =>
			db.transaction().execute(async (tx) => {
				await sql`set local timezone = 'UTC'`.execute(tx);
				return rowsOf(
					tx,
					`select odd::text as "row", body is null as "none", array_lower(counts, 1) as first from odd order by id`
				);
			});
		const before = await asText(source.db);
		const path = await backedUp(source);
		const target = await emptyWithIt(to);
		await restored(target, path);
		expect(await asText(target.db)).toEqual(before);
		expect(before).toHaveLength(4);
	}, 60_000);
});

describe.each(kinds())('into %s', (kind) => {
	test('promise 8: what search reads is in no backup; the queue makes it again of what was restored, and of nothing before', async () => {
		const path = await samplesOf(kind);
		const { header } = await checkBackup({ path });
		expect(header.tables.map(({ name }) => name)).not.toContain('paper_words');
		// Somebody had papers here, whose words were counted, and has deleted them.
		const target = await empty(kind);
		await migrate(target.db);
		for (let number = 1; number <= 3; number += 1) await makePaper(target.db, { title: 'Gone' });
		await countWords(target.db);
		await sql`delete from paper`.execute(target.db);
		await sql`truncate edition cascade`.execute(target.db);
		await restored(target, path);
		expect(await rowsOf(target.db, 'select from paper_words')).toHaveLength(0);
		expect(await countUnanalysed(target.db)).toBe(21);
		await workUntilEmpty(target);
		expect(await countUnanalysed(target.db)).toBe(0);
		expect(
			await rowsOf(target.db, `select word, papers from word where word in ('paper', 'page', 'gone') order by 1`)
		).toEqual([
			{ word: 'page', papers: 1 },
			{ word: 'paper', papers: 20 }
		]);
	}, 60_000);

	test('a backup of an older version is brought to this one', async () => {
		const old = await empty(kind);
		await migrate(old.db, migrationsFolder, { last: '0001_papers.sql' });
		await sql`insert into organisation (handle, name) values ('cern', 'CERN')`.execute(old.db);
		const path = await backedUp(old);
		const target = await empty(kind);
		const { applied } = await restored(target, path);
		expect(applied[0]).toMatch(/^0002_/);
		expect(await rowsOf(target.db, 'select handle, name from organisation')).toEqual([
			{ handle: 'cern', name: 'CERN' }
		]);
		expect(await migrate(target.db)).toEqual([]);
		const newer = await empty(kind);
		await migrate(newer.db);
		await expect(restored(newer, path)).rejects.toThrow('has tables that this backup is older than (0002_');
	}, 60_000);

	test('promise 8: a restore that is cut off goes on where it was; until then nothing else uses the database', async () => {
		const path = await samplesOf(kind);
		const target = await empty(kind);
		const verified = await checkBackup({ path });
		const cut = new AbortController();
		let parts = 0;
		const onProgress = () => (parts += 1) === 2 && cut.abort();
		await expect(restoreBackup(target, { path, verified, signal: cut.signal, onProgress })).rejects.toThrow('aborted');

		const sentence = 'goes on, or was cut off. Run the same `broadsheet restore` or `broadsheet move` again.';
		await expect(migrate(target.db)).rejects.toThrow(sentence);
		const other = await backedUp(target);
		await expect(restored(target, other)).rejects.toThrow('The restore of another backup was cut off in this database');
		expect(await restored(target, path)).toMatchObject({ partsBefore: 2 });
		expect(await migrate(target.db)).toEqual([]);
		expect((await checkBackup({ path: await backedUp(target) })).trailer).toEqual(verified.trailer);
	}, 60_000);

	test('promise 8: a restore that is cut off after it was compared is brought to this version by the next', async () => {
		const old = await empty(kind);
		await migrate(old.db, migrationsFolder, { last: '0001_papers.sql' });
		await sql`insert into organisation (handle, name) values ('cern', 'CERN')`.execute(old.db);
		const path = await backedUp(old);
		const target = await empty(kind);
		const verified = await checkBackup({ path });
		const cut = new AbortController();
		const phases: string[] = [];
		const onPhase = (phase: string) => void phases.push(phase);
		const onProgress = () => phases.at(-1) === 'compare' && cut.abort();
		const wanted = { path, verified, onPhase };
		await expect(restoreBackup(target, { ...wanted, signal: cut.signal, onProgress })).rejects.toThrow('aborted');
		await expect(migrate(target.db)).rejects.toThrow('goes on, or was cut off');
		// All but the last step, in which the database is given free.
		expect((await bringIn(target, wanted)).applied[0]).toMatch(/^0002_/);
		await expect(migrate(target.db)).rejects.toThrow('goes on, or was cut off');
		phases.length = 0;
		expect(await restoreBackup(target, wanted)).toMatchObject({ partsBefore: 1, applied: [] });
		expect(phases).toEqual([]);
		expect(await migrate(target.db)).toEqual([]);
		expect(await rowsOf(target.db, 'select name from organisation')).toEqual([{ name: 'CERN' }]);
	}, 60_000);

	test('of two restores at once the second empties nothing that the first has brought in', async () => {
		const path = await samplesOf(kind);
		const target = await empty(kind);
		const verified = await checkBackup({ path });
		const cut = new AbortController();
		const wanted = { path, verified, signal: cut.signal, onProgress: () => cut.abort() };
		await expect(restoreBackup(target, wanted)).rejects.toThrow('aborted');
		const { rows, table } = firstPart(verified);
		// It has found the database empty before.
		await expect(emptyTables(target.db, { digest: verified.digest })).rejects.toThrow('Another restore works');
		expect(await rowsOf(target.db, `select count(*)::int as rows from ${table}`)).toEqual([{ rows }]);
		await restored(target, path);
	}, 60_000);

	test('a restore that is run twice at once is done once', async () => {
		const path = await samplesOf(kind);
		const target = await empty(kind);
		const both = await Promise.allSettled([restored(target, path), restored(target, path)]);
		expect(both.map(({ status }) => status)).toContain('fulfilled');
		expect(await rowsOf(target.db, 'select count(*)::int as papers from paper')).toEqual([{ papers: 21 }]);
		await migrate(target.db);
	}, 60_000);

	test('a restore that is done says so when it is run again, as long as nothing else was written', async () => {
		const path = await samplesOf(kind);
		const target = await empty(kind);
		const first = await restored(target, path);
		expect(first).toMatchObject({ already: false });
		expect(await restored(target, path)).toEqual({ ...first, already: true, partsBefore: expect.any(Number) });
		// A table that was empty counts too.
		await sql`insert into organisation (handle, name) values ('cern', 'CERN')`.execute(target.db);
		await expect(restored(target, path)).rejects.toThrow('The database already holds papers');
	}, 60_000);

	test('only an empty database is restored into', async () => {
		const source = await filled(kind);
		const path = await backedUp(source);
		await sql`update paper set title = 'Another' where title = 'On page one'`.execute(source.db);
		await expect(restored(source, path)).rejects.toThrow('The database already holds papers; take an empty');
		const foreign = await empty(kind);
		await sql`create table accounts (id int)`.execute(foreign.db);
		await expect(restored(foreign, path)).rejects.toThrow('The database holds tables that are not Broadsheet’s');
		expect(await rowsOf(foreign.db, `select tablename from pg_tables where schemaname = 'public'`)).toHaveLength(1);
	}, 60_000);

	test('jobs that were enqueued and are not done come back, once, with what they were told and when they are due', async () => {
		const source = await filled(kind);
		const boss = await startQueue(source.executeSql, { schedule: false, supervise: false });
		for (const name of ['renderPapersAgain', 'makeBackup', 'ofLater']) await boss.createQueue(name);
		const due = new Date('2031-01-01T08:00:00Z');
		const id = await boss.send('ofLater', { paper: 7 }, { startAfter: due, priority: 3, singletonKey: 'seven' });
		await boss.send('renderPapersAgain', {});
		await boss.send('makeBackup', {});
		const done = await boss.send('ofLater', { paper: 8 });
		await boss.fetch('ofLater');
		await boss.complete('ofLater', done!);
		const [active] = await boss.fetch('renderPapersAgain');
		await boss.stop({ graceful: false });

		const path = await backedUp(source);
		const target = await empty(kind);
		expect(await restored(target, path)).toMatchObject({ jobs: 2 });
		const jobs = 'select id, name, data, priority, start_after, singleton_key, state from job.job order by name';
		expect(await rowsOf(target.db, jobs)).toEqual([
			{
				id,
				name: 'ofLater',
				data: { paper: 7 },
				priority: 3,
				start_after: due,
				singleton_key: 'seven',
				state: 'created'
			},
			expect.objectContaining({ id: active!.id, name: 'renderPapersAgain', data: {}, state: 'created' })
		]);
		const again = await startQueue(target.executeSql, { schedule: false, supervise: false });
		const line = JSON.stringify({ id, name: 'ofLater', data: null, priority: 0, startAfter: due, singletonKey: null });
		await target.db.transaction().execute((tx) => enqueueAgain(again, tx, [line]));
		await again.stop({ graceful: false });
		expect(await rowsOf(target.db, jobs)).toHaveLength(2);
	}, 60_000);
});
