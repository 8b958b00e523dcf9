import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const TICKS_PER_SECOND = 100;

export const root = new URL('..', import.meta.url).pathname;

/** A server in a process of its own, started by a benchmark. */
export interface Served {
	address: string;
	pid: number;
	stop(): Promise<void>;
}

/** The site on a data folder, with what is in it, else with the samples. */
export function serve(folder: string): Promise<Served> {
	const environment = { ...process.env, PORT: '0', DATA_FOLDER: folder, SAMPLES: 'yes', LOG_LEVEL: 'error' };
	return served(
		spawn(join(root, 'bin/broadsheet'), ['serve', '--json'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
	);
}

/** A server that says its address as one line of JSON once it listens. */
export async function served(server: ChildProcess): Promise<Served> {
	const ended = once(server, 'exit').then(() => Promise.reject(new Error('the server ended before it was ready')));
	// Later it ends because it is told to.
	ended.catch(() => {});
	const [line] = (await Promise.race([once(createInterface(server.stdout!), 'line'), ended])) as [string];
	return {
		address: (JSON.parse(line) as { address: string }).address,
		pid: server.pid!,
		async stop() {
			server.kill('SIGTERM');
			if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
		}
	};
}

/** Until its queue has had nothing to do for a while: what it works at is done in the process that serves. */
export async function untilQuiet({ address }: Served) {
	for (let quiet = 0; quiet < 5; await pause(2_000)) {
		const { queue } = (await (await fetch(`${address}/status.json`)).json()) as {
			queue: { waiting: number; active: number }[] | null;
		};
		quiet = queue?.every(({ waiting, active }) => waiting + active === 0) ? quiet + 1 : 0;
	}
}

/** The process that owns the database of a data folder. */
export function databaseProcess(folder: string): number {
	const log = readFileSync(join(folder, 'database.log'), 'utf8');
	return Number([...log.matchAll(/"message":"database ready","pid":(\d+)/g)].at(-1)![1]);
}

/** The processes that have, or want, the database of a data folder; also one that is still starting. Linux only. */
export function databaseProcesses(folder: string): number[] {
	const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	return pids.map(Number).filter((pid) => {
		const words = commandOf(pid);
		return words.includes(folder) && words.some((word) => word.endsWith('embedded/process.ts'));
	});
}

/** The one of them that is running, waited for. */
export async function runningDatabase(folder: string): Promise<number> {
	for (;;) {
		const [pid] = databaseProcesses(folder);
		if (pid) return pid;
		await pause(10);
	}
}

function commandOf(pid: number) {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
	} catch {
		return [];
	}
}

/** Memory of a process in MB: what is resident now, or the most that was. Null when the process is gone. */
export function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM' = 'VmRSS') {
	try {
		return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
	} catch {
		return null;
	}
}

export function round(value: number) {
	return Math.round(value * 100) / 100;
}

/** The same row with its numbers rounded. */
export function rounded<Row extends Record<string, unknown>>(row: Row): Row {
	return Object.fromEntries(
		Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value])
	) as Row;
}

/** What a process has spent of the processor so far. */
export function cpuSeconds(pid: number) {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
