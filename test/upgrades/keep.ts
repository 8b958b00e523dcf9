import { execFile } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { format, resolveConfig } from 'prettier';
import type { Db } from '#server/db/database.ts';
import { endDatabase } from '../database-process.ts';
import { type Fixture, fixtureFile, pack, packedFile } from './fixtures.ts';
import { talliesOf } from './tallies.ts';

/**
 * Keeps the data folder of a release, so that every later version is tested to upgrade it: bin/keep-release [CHECKOUT].
 * The folder is made by the release's own commands, from the files in content/.
 */
const checkout = resolve(process.argv[2] ?? join(import.meta.dirname, '../..'));
const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
const scratch = mkdtempSync(join(tmpdir(), 'broadsheet-keep-'));
const dataFolder = join(scratch, 'data');

try {
	const inputs = globSync('content/*.jsonl', { cwd: import.meta.dirname }).sort();
	for (const input of inputs) await broadsheet('import', '--quiet', join(import.meta.dirname, input));
	await broadsheet('work', '--once');
	const { fixture, walFile } = await readAndRest();
	await endDatabase(dataFolder);
	await leaveOutRemains(walFile);
	mkdirSync(dirname(packedFile(version)), { recursive: true });
	await pack(dataFolder, packedFile(version));
	const options = { ...(await resolveConfig(fixtureFile(version))), filepath: fixtureFile(version) };
	writeFileSync(fixtureFile(version), await format(JSON.stringify(fixture), options));
	const size = statSync(packedFile(version)).size / 2 ** 20;
	process.stdout.write(`${version} is kept, in ${size.toFixed(2)} MB:\n`);
	for (const [name, { rows }] of Object.entries(fixture.tables)) process.stdout.write(`  ${name}: ${rows}\n`);
} finally {
	await endDatabase(dataFolder);
	rmSync(scratch, { recursive: true });
}

/** Status 2 says that something was set aside, which is meant. */
async function broadsheet(...args: string[]) {
	const env = { ...process.env, DATA_FOLDER: dataFolder, DATABASE_URL: '' };
	await promisify(execFile)(join(checkout, 'bin/broadsheet'), args, { env }).catch((fault: { code: number }) => {
		if (fault.code !== 2) throw fault;
	});
}

/** What is in the folder; and a segment of the log begun anew, so that the ones before it are needed no more. */
async function readAndRest(): Promise<{ fixture: Fixture; walFile: string }> {
	const pool = new pg.Pool({ host: join(dataFolder, 'socket'), user: 'postgres', database: 'postgres' });
	// The database may close before a connection has said good-bye.
	pool.on('error', () => {});
	const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
	const { rows: applied } = await sql<{ name: string }>`select name from migration order by name`.execute(db);
	const commit = (await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: checkout })).stdout.trim();
	const fixture = { version, commit, migrations: applied.map(({ name }) => name), tables: await talliesOf(db) };
	await sql`vacuum full`.execute(db);
	await sql`select pg_switch_wal()`.execute(db);
	await sql`checkpoint`.execute(db);
	const { rows } = await sql<{ name: string }>`select pg_walfile_name(pg_current_wal_lsn()) as name`.execute(db);
	await db.destroy();
	return { fixture, walFile: rows[0]!.name };
}

/** Segments kept for reuse, what an earlier use left in the current one, and the process's own files. */
async function leaveOutRemains(walFile: string) {
	const wal = join(dataFolder, 'postgres/pg_wal');
	for (const name of globSync('0*', { cwd: wal })) if (name !== walFile) rmSync(join(wal, name));
	const segment = await open(join(wal, walFile), 'r+');
	const written = 2 ** 20;
	await segment.write(Buffer.alloc((await segment.stat()).size - written), 0, undefined, written);
	await segment.close();
	for (const name of ['database.log', 'lock', 'socket', 'reserve'])
		rmSync(join(dataFolder, name), { recursive: true, force: true });
}
