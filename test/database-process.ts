import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The database processes that a data folder has had, by its log: the last one may be running. */
export function databasePids(dataFolder: string) {
	const log = join(dataFolder, 'database.log');
	if (!existsSync(log)) return [];
	return [...readFileSync(log, 'utf8').matchAll(/"message":"database ready","pid":(\d+)/g)].map(([, pid]) =>
		Number(pid)
	);
}

/** The database process belongs to nobody and lingers for ten seconds; it closes at once when it is told to. */
export async function endDatabase(dataFolder: string) {
	for (const pid of databasePids(dataFolder)) {
		if (!signal(pid, 'SIGTERM')) continue;
		while (signal(pid, 0)) await pause(10);
	}
}

/** False when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals | 0) {
	try {
		return process.kill(pid, name);
	} catch {
		return false;
	}
}
