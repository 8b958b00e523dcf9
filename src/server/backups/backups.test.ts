import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect } from 'vitest';
import { databaseTest as test, testDatabase } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { backUp } from './backup-file.ts';
import { lastBackups, makeNightlyBackup } from './backups.ts';
import { verifyBackup } from './verify-backup.ts';

const root = mkdtempSync(join(tmpdir(), 'broadsheet-nightly-'));
afterAll(() => rmSync(root, { recursive: true }));
let made = 0;
const newFolder = () => join(root, String((made += 1)));

const sourceOf = async () => ({ dataFolder: '/nowhere', databaseUrl: (await testDatabase()).address });
const night = (day: number, minute = 30) => new Date(Date.UTC(2026, 10, day, 3, minute));

test('a night has one backup, which was read back, and the newest are kept', async ({ committed: db }) => {
	await makePaper(db, { title: 'Kept' });
	const [folder, source] = [newFolder(), await sourceOf()];
	const nightly = { source, folder, at: '03:30', kept: 2 };
	expect(await makeNightlyBackup(db, { ...nightly, now: night(22) })).toBe('broadsheet-2026-11-22-0330.backup');
	expect(await makeNightlyBackup(db, { ...nightly, now: night(22, 31) })).toBeNull();
	await makeNightlyBackup(db, { ...nightly, now: night(23) });
	await makeNightlyBackup(db, { ...nightly, now: night(24) });
	expect(readdirSync(folder).toSorted()).toEqual([
		'broadsheet-2026-11-23-0330.backup',
		'broadsheet-2026-11-24-0330.backup'
	]);
	expect((await verifyBackup(join(folder, 'broadsheet-2026-11-24-0330.backup'))).trailer.tables.paper).toMatchObject({
		rows: 1
	});
	const rows = await lastBackups(db, { limit: 2 });
	expect(rows.map(({ file }) => file)).toEqual([
		'broadsheet-2026-11-24-0330.backup',
		'broadsheet-2026-11-23-0330.backup'
	]);
	expect(rows[0]).toMatchObject({ made_at: night(24), rows: 1, failure: null, verified_at: expect.any(Date) });
	expect(rows[0]!.bytes).toBeGreaterThan(100);
});

test('a backup that fails is written down with its reason, leaves nothing, and makes no good one go', async ({
	committed: db
}) => {
	const folder = newFolder();
	mkdirSync(folder);
	const good = ['broadsheet-2026-11-21-0330.backup', 'broadsheet-2026-11-22-0330.backup'];
	for (const name of good) writeFileSync(join(folder, name), '');
	const source = { dataFolder: '/nowhere', databaseUrl: 'postgres://reader:hunter2@127.0.0.1:1/papers' };
	const failing = makeNightlyBackup(db, { source, folder, at: '03:30', kept: 1, now: night(24) });
	await expect(failing).rejects.toThrow('No PostgreSQL server answers');
	expect(readdirSync(folder).toSorted()).toEqual(good);
	const [row] = await lastBackups(db, { limit: 1 });
	expect(row).toMatchObject({ file: 'broadsheet-2026-11-24-0330.backup', bytes: null, verified_at: null });
	expect(row!.failure).toMatch(/^No PostgreSQL server answers at 127\.0\.0\.1:1\/papers/);
	expect(row!.failure).not.toContain('hunter2');
});

test('what a killed process left of a backup goes with the next one', async ({ committed: db }) => {
	const folder = newFolder();
	mkdirSync(folder);
	const path = join(folder, 'one.backup');
	// No process has this number: it is above the highest that Linux gives.
	writeFileSync(`${path}.4194999-1.unfinished`, 'half');
	writeFileSync(join(folder, 'other.backup.4194999-1.unfinished'), 'not of this file');
	writeFileSync(join(folder, 'broadsheet-2026-11-20-0330.backup.4194999-1.unfinished'), 'of another night');
	writeFileSync(join(folder, `broadsheet-2026-11-21-0330.backup.${process.pid}-999.unfinished`), 'as in a container');
	const source = await sourceOf();
	await backUp({ source, path, now: night(24) });
	expect(readdirSync(folder)).toHaveLength(4);
	await makeNightlyBackup(db, { source, folder, at: '03:30', kept: 2, now: night(24) });
	expect(readdirSync(folder).toSorted()).toEqual([
		'broadsheet-2026-11-24-0330.backup',
		'one.backup',
		'other.backup.4194999-1.unfinished'
	]);
});

test('a night’s file that could not be written down is read back and written down by the next try', async ({
	committed: db
}) => {
	const [folder, source] = [newFolder(), await sourceOf()];
	const nightly = { source, folder, at: '03:30', kept: 1 };
	await makeNightlyBackup(db, { ...nightly, now: night(22) });
	await makeNightlyBackup(db, { ...nightly, kept: 2, now: night(23) });
	await sql`delete from backup where file like '%-23-%'`.execute(db);
	const name = 'broadsheet-2026-11-23-0330.backup';
	expect(await makeNightlyBackup(db, { ...nightly, now: night(23, 40) })).toBe(name);
	expect(readdirSync(folder)).toEqual([name]);
	const [row] = await lastBackups(db, { limit: 1 });
	expect(row).toMatchObject({
		file: name,
		made_at: night(23),
		verified_at: night(23, 40),
		seconds: null,
		failure: null
	});
	expect(row!.bytes).toBe(statSync(join(folder, name)).size);
	expect(await makeNightlyBackup(db, { ...nightly, now: night(23, 50) })).toBeNull();

	await sql`delete from backup`.execute(db);
	writeFileSync(join(folder, name), 'damaged since');
	await expect(makeNightlyBackup(db, { ...nightly, now: night(23, 55) })).rejects.toThrow('is not a backup');
	expect(await lastBackups(db, { limit: 1 })).toMatchObject([{ file: name, bytes: null }]);
});

test('a backup that is told to stop leaves nothing, not even a word', async ({ committed: db }) => {
	const folder = newFolder();
	mkdirSync(folder);
	await makePaper(db);
	const stop = new AbortController();
	const source = await sourceOf();
	const stopped = backUp({
		source,
		path: join(folder, 'one.backup'),
		now: night(24),
		signal: stop.signal,
		onPhase: (phase) => phase === 'write' && stop.abort()
	});
	await expect(stopped).rejects.toThrow('aborted');
	expect(readdirSync(folder)).toEqual([]);
	expect(await lastBackups(db, { limit: 1 })).toEqual([]);
});

test('a file that came to be while a backup was made stays as it is', async () => {
	const [folder, source] = [newFolder(), await sourceOf()];
	const path = join(folder, 'one.backup');
	const onPhase = (phase: string) => phase === 'check' && writeFileSync(path, 'precious');
	await expect(backUp({ source, path, now: night(24), onPhase })).rejects.toThrow('one.backup exists already');
	expect(readFileSync(path, 'utf8')).toBe('precious');
	expect(readdirSync(folder)).toEqual(['one.backup']);
});

test('a backup does not write over a file, and says why it cannot be written', async () => {
	const [folder, source] = [newFolder(), await sourceOf()];
	mkdirSync(folder);
	writeFileSync(join(folder, 'mine'), 'precious');
	const into = (path: string) => backUp({ source, path, now: night(24) });
	await expect(into(join(folder, 'mine'))).rejects.toThrow('mine exists already; name a file that does not.');
	await expect(into(join(folder, 'mine', 'one'))).rejects.toThrow(
		'one cannot be written: what should be its folder is a file. Nothing was left behind.'
	);
});
