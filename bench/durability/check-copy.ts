import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inFolder } from '../folders.ts';

const program = fileURLToPath(new URL('check-cluster.ts', import.meta.url));

/**
 * The files as a kill would leave them now: copied while the process is stopped in the middle of its work. PostgreSQL starts on
 * the copy, replays the log and checks every table and every index (amcheck). Gives how many complaints it had.
 */
export function checkCopy(folder: string, pid: number): Promise<number> {
	return inFolder(async (aside) => {
		const copy = join(aside, 'postgres');
		process.kill(pid, 'SIGSTOP');
		try {
			cpSync(join(folder, 'postgres'), copy, { recursive: true });
		} finally {
			process.kill(pid, 'SIGCONT');
		}
		const { stdout } = await promisify(execFile)(process.execPath, [program, copy]);
		const { complaints } = JSON.parse(stdout) as { complaints: string[] };
		for (const complaint of complaints) console.error(complaint);
		return complaints.length;
	});
}
