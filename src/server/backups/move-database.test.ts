import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { OpenDatabase } from '#server/db/connection.ts';
import { migrate } from '#server/db/migrate.ts';
import { isOnServer } from '#server/db/test-server.ts';
import { workJobs } from '#server/jobs/jobs.ts';
import { makePaper } from '#server/papers/make.ts';
import { countUnanalysed } from '#server/papers/unanalysed.ts';
import { backUp } from './backup-file.ts';
import { checksumsOf } from './compare.ts';
import { type MoveWanted, moveDatabase } from './move-database.ts';
import { checkBackup, restoreBackup } from './restore-backup.ts';
import { claimForMove, halfRestored } from './restoring.ts';
import { kinds, useDatabases } from './test-databases.ts';

const { empty } = useDatabases();
const root = mkdtempSync(join(tmpdir(), 'broadsheet-move-'));
afterAll(() => rmSync(root, { recursive: true }));
let made = 0;
let source: OpenDatabase & { address: string };
let dataFolder: string;

beforeEach(async () => {
	dataFolder = join(root, String((made += 1)));
	source = await empty('embedded');
	await migrate(source.db);
	for (const title of ['One', 'Two', 'Three']) await makePaper(source.db, { title });
});

/** The embedded database in memory speaks as a server does; with a server, the target is one. */
const emptyTarget = () => empty(kinds().at(-1)!, 'target');

const move = (to: string, watched: Partial<MoveWanted> = {}) =>
	moveDatabase({
		source: { dataFolder, databaseUrl: source.address },
		to,
		now: new Date('2026-11-24T03:30:00Z'),
		...watched
	});

const sumsOf = ({ db }: OpenDatabase) => db.transaction().execute((tx) => checksumsOf(tx));

test('a move copies everything, compares it, and leaves no file behind', async () => {
	const target = await emptyTarget();
	expect(await move(target.address)).toMatchObject({ changes: [], partsBefore: 0 });
	expect(await sumsOf(target)).toEqual(await sumsOf(source));
	expect(readdirSync(dataFolder)).toEqual([]);
	await makePaper(target.db, { title: 'Of the target alone' });
	await expect(move(target.address)).rejects.toThrow(
		'The database already holds papers; take an empty folder or database.'
	);
}, 60_000);

test('a move that is cut off while its copy is taken keeps the target from everybody else, and goes on', async () => {
	for (const phase of ['copy', 'write', 'check']) {
		const target = await emptyTarget();
		const cut = new AbortController();
		const onPhase = (now: string) => now === phase && cut.abort();
		await expect(move(target.address, { signal: cut.signal, onPhase }), phase).rejects.toThrow('aborted');
		await expect(migrate(target.db), phase).rejects.toThrow(
			'The database is not whole: a restore or a move into it goes on, or was cut off.'
		);
		expect(await move(target.address), phase).toMatchObject({ changes: [], already: false, partsBefore: 0 });
		expect(await sumsOf(target), phase).toEqual(await sumsOf(source));
		expect(await migrate(target.db), phase).toEqual([]);
	}
}, 60_000);

test('a move that is refused leaves the target as it was, and a backup may take the place of one that was cut off', async () => {
	const target = await emptyTarget();
	await sql`drop schema public cascade; create schema public`.execute(source.db);
	await expect(move(target.address)).rejects.toThrow('The database holds nothing of Broadsheet yet');
	expect(await halfRestored(target.db)).toBe(null);

	await migrate(source.db);
	await makePaper(source.db, { title: 'One' });
	await claimForMove(target.db);
	const path = join(root, 'another.backup');
	await backUp({ source: { dataFolder, databaseUrl: source.address }, path, now: new Date('2026-11-24T03:30:00Z') });
	const verified = await checkBackup({ path });
	expect(await restoreBackup(target, { path, verified })).toMatchObject({ already: false });
	expect(await sumsOf(target)).toEqual(await sumsOf(source));
}, 60_000);

test('a move that is done says so when it is run again, and tells at once of a target that holds something else', async () => {
	const target = await emptyTarget();
	const first = await move(target.address);
	const phases: string[] = [];
	const onPhase = (phase: string) => void phases.push(phase);
	expect(await move(target.address, { onPhase })).toEqual({ ...first, already: true, partsBefore: expect.any(Number) });
	expect(phases).toEqual(['copy', 'write', 'check', 'checkCopy', 'compare']);

	await sql`update paper set title = 'Another' where title = 'One'`.execute(target.db);
	await expect(move(target.address)).rejects.toThrow('The database already holds papers');
	expect(readdirSync(dataFolder)).toEqual([]);
	await makePaper(target.db, { title: 'Of the target alone' });
	phases.length = 0;
	await expect(move(target.address, { onPhase })).rejects.toThrow('The database already holds papers');
	expect(phases).toEqual([]);
}, 60_000);

test('promise 8: a move that is cut off goes on with its own copy, and tells what was written to the source meanwhile', async () => {
	const target = await emptyTarget();
	const cut = new AbortController();
	const phases: string[] = [];
	const onPhase = (phase: string) => void phases.push(phase);
	const onProgress = () => phases.at(-1) === 'load' && cut.abort();
	await expect(move(target.address, { signal: cut.signal, onPhase, onProgress })).rejects.toThrow('aborted');
	expect(existsSync(join(dataFolder, 'moving.backup'))).toBe(true);

	await makePaper(source.db, { title: 'Came later' });
	await sql`delete from paper where title = 'One'`.execute(source.db);
	await sql`insert into organisation (handle, name) values ('cern', 'CERN')`.execute(source.db);
	phases.length = 0;
	const { partsBefore, changes } = await move(target.address, { onPhase });
	expect(partsBefore).toBeGreaterThan(0);
	expect(phases).toEqual(['checkCopy', 'load', 'compare']);
	expect(changes).toEqual([
		{ table: 'organisation', written: 1, gone: 0 },
		{ table: 'paper', written: 1, gone: 0 }
	]);
	const titles = await target.db.selectFrom('paper').select('title').orderBy('title').execute();
	expect(titles.map(({ title }) => title)).toEqual(['One', 'Three', 'Two']);
}, 60_000);

test('promise 8: what search reads is made again where the papers have come to', async () => {
	const target = await emptyTarget();
	await move(target.address);
	expect(await countUnanalysed(target.db)).toBe(3);
	const jobs = await workJobs(target);
	await jobs.untilEmpty();
	await jobs.stop();
	expect(await countUnanalysed(target.db)).toBe(0);
	expect(await target.db.selectFrom('word').select('word').where('word', '=', 'three').execute()).toHaveLength(1);
}, 60_000);

test('a move that was ended when all was there says so when it is run again, and only then', async () => {
	const target = await emptyTarget();
	const [path, kept] = [join(dataFolder, 'moving.backup'), join(root, 'kept.backup')];
	const onPhase = (phase: string) => phase === 'compare' && copyFileSync(path, kept);
	const first = await move(target.address, { onPhase });
	copyFileSync(kept, path);
	const again = await move(target.address);
	expect(again).toEqual({ ...first, already: true, partsBefore: again.partsBefore });
	expect(readdirSync(dataFolder)).toEqual([]);

	copyFileSync(kept, path);
	await makePaper(target.db, { title: 'Of the target alone' });
	await expect(move(target.address)).rejects.toThrow('The database already holds papers');
}, 60_000);

test('a move that was cut off after the target was compared goes on to its end', async () => {
	const target = await emptyTarget();
	const cut = new AbortController();
	const phases: string[] = [];
	const onPhase = (phase: string) => void phases.push(phase);
	const onProgress = ({ records }: { records: number }) => phases.at(-1) === 'compare' && records >= 3 && cut.abort();
	await expect(move(target.address, { signal: cut.signal, onPhase, onProgress })).rejects.toThrow('aborted');
	await expect(migrate(target.db)).rejects.toThrow('goes on, or was cut off');
	expect(await move(target.address)).toMatchObject({ changes: [] });
	expect(readdirSync(dataFolder)).toEqual([]);
	expect(await migrate(target.db)).toEqual([]);
}, 60_000);

test.runIf(isOnServer())(
	'what a transaction wrote that was open when the copy was made is told',
	async () => {
		source = await empty('server');
		await migrate(source.db);
		const target = await emptyTarget();
		const [written, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		const open = source.db.transaction().execute(async (tx) => {
			await sql`insert into organisation (handle, name) values ('cern', 'CERN')`.execute(tx);
			written.resolve();
			await end.promise;
		});
		await written.promise;
		// The open one has a lower number than this, which the copy sees.
		await makePaper(source.db, { title: 'Later, and committed' });
		const onPhase = (phase: string) => phase === 'load' && end.resolve();
		const { changes } = await move(target.address, { onPhase });
		await open;
		expect(changes).toEqual([{ table: 'organisation', written: 1, gone: 0 }]);
	},
	60_000
);

test('rows that were only deleted are told as well', async () => {
	const target = await emptyTarget();
	const onPhase = async (phase: string) => {
		if (phase === 'compare') await sql`delete from paper where title = 'One'`.execute(source.db);
	};
	const { changes } = await move(target.address, { onPhase: (phase) => void onPhase(phase) });
	expect(changes).toEqual([{ table: 'paper', written: 0, gone: 1 }]);
}, 60_000);

test('a server that does not answer is named without its password', async () => {
	const to = 'postgres://reader:hunter2@127.0.0.1:1/papers';
	const fault: Error = await move(to).then(
		() => new Error('moved'),
		(thrown: Error) => thrown
	);
	expect(fault.message).toBe('No PostgreSQL server answers at 127.0.0.1:1/papers; start it or correct --to.');
});
