import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { openDatabase } from '#server/db/connection.ts';
import { runningDatabase } from '../served.ts';

const CLIENTS = 4;

/** Refuses in a sentence where there is no strace. */
export function requireStrace() {
	try {
		execFileSync('strace', ['-V'], { stdio: 'ignore' });
	} catch {
		throw new Error('This benchmark counts fsyncs with strace; install it (apt-get install strace).');
	}
}

/** How often the kernel was asked to bring the log to the disk while several clients committed so many times, each row by itself. */
export async function fsyncsOf({ folder, commits }: { folder: string; commits: number }) {
	const { db, close } = await openDatabase({ dataFolder: folder, databaseUrl: null });
	await sql`create table committed (id int primary key)`.execute(db);
	const output = join(folder, '..', 'strace');
	const tracer = await trace(await runningDatabase(folder), output);
	let begun = 0;
	const client = async () => {
		while (begun < commits) await sql`insert into committed values (${(begun += 1)})`.execute(db);
	};
	await Promise.all(Array.from({ length: CLIENTS }, client));
	tracer.kill('SIGINT');
	await once(tracer, 'exit');
	await close();
	return {
		commits,
		fsyncs: readFileSync(output, 'utf8').match(/(fsync|fdatasync)\(\d+<[^>]*\/pg_wal\/\w{24}>/g)?.length ?? 0
	};
}

async function trace(pid: number, output: string): Promise<ChildProcess> {
	const args = ['-f', '-y', '-e', 'trace=fsync,fdatasync', '-o', output, '-p', String(pid)];
	const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
	for await (const line of createInterface(tracer.stderr!)) if (/attached/.test(line)) return tracer;
	throw new Error(`strace could not be attached to process ${pid}`);
}
