import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '#server/db/connection.ts';
import { startInMemory } from '#server/db/embedded/in-memory.ts';
import { isLocked } from '#server/db/embedded/lock.ts';
import { migrate, migrationsFolder } from '#server/db/migrate.ts';
import { freshDatabaseUrl, isOnServer, makeServerDatabase } from '#server/db/test-server.ts';

const program = new URL('../../bin/broadsheet', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-backup-'));
const [data, other, whole] = ['data', 'other', 'whole.backup'].map((name) => join(folder, name));

interface Place {
	DATA_FOLDER: string;
	DATABASE_URL: string;
}
let here: Place;
let there: Place;
let site: OpenDatabase;

/** The command, run as a person does. */
function start(args: string[], place: Place = here) {
	const child = spawn(program, args, { env: { PATH: process.env.PATH, ...place } });
	const done = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { child, done: done.then(([out, err, [status]]) => ({ out, err, status: status as number | null })) };
}

const broadsheet = (args: string[], place?: Place) => start(args, place).done;
const openAt = ({ DATA_FOLDER, DATABASE_URL }: Place) =>
	openDatabase({ dataFolder: DATA_FOLDER, databaseUrl: DATABASE_URL || null }, { processArguments: ['--linger=300'] });

beforeAll(async () => {
	here = { DATA_FOLDER: data!, DATABASE_URL: await freshDatabaseUrl() };
	there = { DATA_FOLDER: other!, DATABASE_URL: await freshDatabaseUrl() };
	site = await openAt(here);
	const papers = join(folder, 'papers.jsonl');
	const lines = Array.from({ length: 300 }, (_, number) => ({
		id: `2603.${10_000 + number}`,
		title: `Paper ${number} on $x^{${number}}$`,
		abstract: 'We prove it. '.repeat(50)
	}));
	writeFileSync(papers, lines.map((line) => JSON.stringify(line)).join('\n'));
	expect((await broadsheet(['import', papers, '--quiet'])).status).toBe(0);
}, 180_000);

afterAll(async () => {
	await site.close();
	for (const place of [data!, other!]) while (existsSync(place) && (await isLocked(place))) await pause(50);
	rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
}, 60_000);

/** Fifty rows a second, each in a transaction of its own. Gives how many were acknowledged. */
function writeOn() {
	let written = 0;
	const open = new Set<Promise<unknown>>();
	const timer = setInterval(() => {
		const row = sql`insert into rejected_record (file, line, reason, record, rejected_at)
			values ('load', ${open.size + 1}, 'why', 'what', now())`.execute(site.db);
		open.add(row.then(() => (written += 1)));
	}, 20);
	return async () => {
		clearInterval(timer);
		await Promise.all(open);
		return written;
	};
}

const rowsWritten = async ({ db }: OpenDatabase) =>
	(
		await db
			.selectFrom('rejected_record')
			.select((eb) => eb.fn.countAll<number>().as('rows'))
			.where('file', '=', 'load')
			.executeTakeFirstOrThrow()
	).rows;

/** Waits until the command has begun to write its file, or has ended. */
async function untilWriting(child: ChildProcess) {
	while (child.exitCode === null && !readdirSync(folder).some((name) => name.endsWith('.unfinished'))) await pause(2);
}

test('promise 8: a backup under 50 writes a second, after one that was killed, is restored with the same checksums', async () => {
	const stopWriting = writeOn();
	const killed = start(['backup', whole!, '--quiet']);
	await untilWriting(killed.child);
	killed.child.kill('SIGKILL');
	await killed.done;
	expect(existsSync(whole!)).toBe(false);

	const before = await rowsWritten(site);
	const made = await broadsheet(['backup', whole!, '--json', '--quiet']);
	expect(made).toMatchObject({ status: 0, err: '' });
	const acknowledged = await stopWriting();
	expect(await rowsWritten(site)).toBe(acknowledged);
	expect(statSync(whole!).mode & 0o777).toBe(0o600);
	expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
	if (existsSync(join(data!, 'copies'))) expect(readdirSync(join(data!, 'copies'))).toEqual([]);

	const verified = JSON.parse((await broadsheet(['backup', '--verify', whole!, '--json', '--quiet'])).out);
	expect(verified.tables.paper.rows).toBe(300);
	expect(verified.tables.rejected_record.rows).toBeGreaterThanOrEqual(before);

	const restored = await broadsheet(['restore', whole!, '--json', '--quiet'], there);
	expect(restored).toMatchObject({ status: 0, err: '' });
	// The restore compared what it wrote with these.
	expect(JSON.parse(restored.out)).toMatchObject({ rows: verified.rows, partsBefore: 0 });
	// As somebody does whose connection dropped at the end.
	const again = await broadsheet(['restore', whole!, '--quiet'], there);
	expect(again).toMatchObject({ status: 0, err: '' });
	expect(again.out).toMatch(/^The database already holds this backup\.\n/);
}, 180_000);

test('what a backup is not, and what it may not do, is said in a sentence, by the status too', async () => {
	const broken = join(folder, 'broken.backup');
	writeFileSync(broken, readFileSync(whole!).subarray(0, -20));
	expect(await broadsheet(['backup', '--verify', broken, '--quiet'])).toEqual({
		status: 2,
		out: '',
		err: `broadsheet: ${broken} is damaged, it ends too early; nothing of it is restored. Use another backup file.\n`
	});
	const nowhere = { DATA_FOLDER: join(folder, 'nowhere'), DATABASE_URL: '' };
	expect(await broadsheet(['restore', broken, '--quiet'], nowhere)).toMatchObject({ status: 1 });
	expect(existsSync(nowhere.DATA_FOLDER)).toBe(false);
	expect(await broadsheet(['restore', whole!, '--quiet'])).toMatchObject({
		status: 1,
		err: 'broadsheet: The database already holds papers; take an empty folder or database.\n'
	});
	for (const args of [
		['restore', folder],
		['backup', '--verify', folder]
	])
		expect(await broadsheet([...args, '--quiet'], nowhere)).toEqual({
			status: 1,
			out: '',
			err: `broadsheet: ${folder} is a folder; name a backup file.\n`
		});
	expect(await broadsheet(['backup', whole!])).toMatchObject({
		status: 1,
		err: expect.stringContaining('exists already; name a file that does not.')
	});
	expect(await broadsheet(['backup', join(folder, 'none', 'one.backup')])).toMatchObject({
		status: 1,
		err: expect.stringContaining('There is no folder')
	});
}, 180_000);

test('a backup that is interrupted exits with 130 and leaves nothing', async () => {
	const path = join(folder, 'interrupted.backup');
	const { child, done } = start(['backup', path]);
	await untilWriting(child);
	child.kill('SIGINT');
	expect(await done).toMatchObject({
		status: 130,
		err: expect.stringContaining('It was cut off; nothing was left behind.')
	});
	expect(readdirSync(folder).filter((name) => name.startsWith('interrupted'))).toEqual([]);
}, 60_000);

test('a whole backup that could not be written down is told, and is no failure', async () => {
	await sql`create function refuse_row() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$`.execute(
		site.db
	);
	await sql`create trigger refused before insert on backup for each row execute function refuse_row()`.execute(site.db);
	const path = join(folder, 'not-written-down.backup');
	const made = await broadsheet(['backup', path, '--quiet']);
	expect(made).toMatchObject({
		status: 0,
		err: 'broadsheet: The file is whole, but /status will not show it: no room\n'
	});
	// A server does not pause.
	const end = isOnServer() ? /\d MB, [\d,]+ seconds?\.\n$/ : /seconds?; the database paused for [\d,]+ ms\.\n$/;
	expect(made.out).toMatch(end);
	await sql`drop function refuse_row cascade`.execute(site.db);
	expect(existsSync(path)).toBe(true);
}, 60_000);

test('a database of an older version is backed up and moved as it is', async () => {
	const old = { DATA_FOLDER: join(folder, 'old'), DATABASE_URL: await freshDatabaseUrl() };
	const database = await openAt(old);
	await migrate(database.db, migrationsFolder, { last: '0001_papers.sql' });
	// As that version wrote it: today's also writes the words.
	await sql`insert into paper (key, title, abstract, gist, renderer, source, record_digest, recorded_at, changed_at)
		values ('2601.00001', 'Old', 'It was.', 'It was.', 1, 'test', '', now(), now())`.execute(database.db);
	const path = join(folder, 'old.backup');
	expect(await broadsheet(['backup', path, '--quiet'], old)).toMatchObject({ status: 0, err: '' });
	const { out } = await broadsheet(['backup', '--verify', path, '--json', '--quiet']);
	expect(JSON.parse(out)).toMatchObject({ lastMigration: '0001_papers.sql', tables: { paper: { rows: 1 } } });

	const memory = isOnServer() ? null : await startInMemory();
	const to = memory ? `postgres://postgres@localhost/postgres?host=${memory.socketFolder}` : await makeServerDatabase();
	const moved = await broadsheet(['move', '--to', to!, '--json', '--quiet'], old);
	expect(moved).toMatchObject({ status: 0, err: '' });
	expect(JSON.parse(moved.out)).toMatchObject({
		changes: [],
		applied: expect.arrayContaining(['0002_page_changes.sql'])
	});
	await memory?.close();

	const { rows } = await sql<{ name: string }>`select name from migration`.execute(database.db);
	expect(rows).toEqual([{ name: '0001_papers.sql' }]);
	if (existsSync(old.DATA_FOLDER))
		expect(readdirSync(old.DATA_FOLDER).filter((name) => name.startsWith('before-'))).toEqual([]);
	await database.close();
	while (existsSync(old.DATA_FOLDER) && (await isLocked(old.DATA_FOLDER))) await pause(50);
}, 180_000);

test('a database that Broadsheet never used is not backed up', async () => {
	const none = { DATA_FOLDER: join(folder, 'never'), DATABASE_URL: await freshDatabaseUrl() };
	const path = join(folder, 'never.backup');
	expect(await broadsheet(['backup', path, '--quiet'], none)).toEqual({
		status: 1,
		out: '',
		err: 'broadsheet: The database holds nothing of Broadsheet yet; look at DATA_FOLDER or DATABASE_URL.\n'
	});
	expect(existsSync(path)).toBe(false);
	while (existsSync(none.DATA_FOLDER) && (await isLocked(none.DATA_FOLDER))) await pause(50);
}, 60_000);

test('a move says what it did and what to set, and shows no password', async () => {
	// Where there is no server, the embedded database in memory speaks as one.
	const server = await makeServerDatabase();
	const memory = server ? null : await startInMemory();
	const to = server ?? `postgres://postgres:hunter2@localhost/postgres?host=${memory!.socketFolder}`;
	const moved = await broadsheet(['move', '--to', to, '--quiet']);
	expect(moved).toMatchObject({ status: 0, err: '' });
	expect(moved.out).toMatch(
		/^[\d,]+ rows of \d+ tables and 0 pending jobs are in the database; the checksum of every table/
	);
	expect(moved.out).toContain('Set DATABASE_URL to that address, and start.');
	expect(moved.out).not.toContain('hunter2');
	const again = await broadsheet(['move', '--to', to, '--quiet']);
	expect(again).toMatchObject({ status: 0, err: '' });
	expect(again.out).toMatch(
		/^The database already holds this backup\.\n[^]*\nIt took [\d,]+ seconds?\.\nSet DATABASE_URL/
	);
	expect(await broadsheet(['move', '--to', 'hunter2'])).toEqual({
		status: 1,
		out: '',
		err: 'broadsheet: Say where to: broadsheet move --to postgres://user@host:5432/name.\n'
	});
	await memory?.close();
}, 180_000);
