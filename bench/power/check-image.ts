import { execFile } from 'node:child_process';
import { copyFileSync, constants, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { run } from './programs.ts';

const program = fileURLToPath(new URL('../durability/check-cluster.ts', import.meta.url));
/** The first exit status of e2fsck that means more than a replayed journal and what follows from that. */
const DAMAGED = 4;

/**
 * Checks a copy of the guest's disk as a cut has left it: its file system, and the cluster, on which PostgreSQL starts here, replays its log
 * and checks every table and every index (amcheck). Gives how many complaints there were.
 */
export async function checkImage(image: string) {
	const copy = `${image}.copy`;
	const cluster = `${image}.cluster`;
	try {
		copyFileSync(image, copy, constants.COPYFILE_FICLONE);
		const complaints = fileSystemOf(copy);
		mkdirSync(cluster);
		run('debugfs', '-R', `rdump /data/folder/postgres ${cluster}`, copy);
		complaints.push(...(await complaintsOf(`${cluster}/postgres`)));
		for (const complaint of complaints) console.error(complaint);
		return complaints.length;
	} finally {
		for (const path of [copy, cluster]) rmSync(path, { recursive: true, force: true });
	}
}

/** A cluster on which PostgreSQL does not start is damaged as a whole. */
async function complaintsOf(cluster: string) {
	try {
		const { stdout } = await promisify(execFile)(process.execPath, [program, cluster]);
		return (JSON.parse(stdout) as { complaints: string[] }).complaints;
	} catch (fault) {
		return [(fault as { stderr: string }).stderr.slice(-300)];
	}
}

function fileSystemOf(image: string): string[] {
	try {
		run('e2fsck', '-f', '-p', image);
		return [];
	} catch (fault) {
		const { status, stdout } = fault as { status: number; stdout: string };
		return status < DAMAGED ? [] : [stdout];
	}
}
