import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

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
	const [line] = (await once(createInterface(server.stdout!), 'line')) as [string];
	return {
		address: (JSON.parse(line) as { address: string }).address,
		pid: server.pid!,
		async stop() {
			server.kill('SIGTERM');
			if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
		}
	};
}

/** The process that owns the database of a data folder. */
export function databaseProcess(folder: string): number {
	const log = readFileSync(join(folder, 'database.log'), 'utf8');
	return Number([...log.matchAll(/"message":"database ready","pid":(\d+)/g)].at(-1)![1]);
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
