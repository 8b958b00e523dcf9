import { execFile } from 'node:child_process';
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { DurableNodeFS, fsyncPath, fsyncTree, type Watching } from './durable-fs.ts';
import { extensions } from './extensions.ts';
import { watchRoom } from './room.ts';
import { noteWrites } from './writes.ts';

/** How the embedded PostgreSQL is set, beyond its defaults. */
const settings = {
	// Durability: see durable-fs.ts.
	wal_sync_method: 'fsync',
	// Checkpoints are ours to make (upkeep.ts); this says how many old segments of the log they keep for reuse.
	max_wal_size: '128MB',
	// Half of PGlite's first allocation. The operating system caches the files as well.
	shared_buffers: '128MB',
	// ANALYZE reads 300 rows for each, and everybody waits for it: 100 ms for 150,000 papers, where the default of 100 takes 650.
	default_statistics_target: '25',
	// There is no compiler in WebAssembly.
	jit: 'off'
};

/** Where the PostgreSQL cluster of a data folder lies. */
export const clusterFolder = (dataFolder: string) => join(dataFolder, 'postgres');

/** Opens the PostgreSQL cluster of a data folder whose lock is ours, making it first if there is none. */
export async function openCluster(dataFolder: string, watching: Watching) {
	const folder = clusterFolder(dataFolder);
	if (!existsSync(folder)) await makeClusterApart(dataFolder);
	// PGlite's files can be read and written by everybody; nobody else gets as far as to them.
	chmodSync(folder, 0o700);
	return open(folder, watching);
}

function open(folder: string, watching: Watching) {
	const startParams = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');
	for (const [name, value] of Object.entries(settings)) startParams.push('-c', `${name}=${value}`);
	return PGlite.create({ fs: new DurableNodeFS(folder, watching), extensions, startParams });
}

/** In a process of its own: what making a cluster takes of memory, WebAssembly never gives back (530 MB resident, else 360). */
async function makeClusterApart(dataFolder: string) {
	const program = fileURLToPath(new URL('make-cluster.ts', import.meta.url));
	await promisify(execFile)(process.execPath, [program, dataFolder]);
}

/** PGlite writes a new cluster file by file. Made aside and renamed when the disk holds it, it is there wholly or not at all. */
export async function makeCluster(dataFolder: string) {
	const aside = join(dataFolder, 'postgres.making');
	rmSync(aside, { recursive: true, force: true });
	await (await open(aside, { room: watchRoom(dataFolder), writes: noteWrites() })).close();
	await fsyncTree(aside);
	renameSync(aside, clusterFolder(dataFolder));
	fsyncPath(dataFolder);
}
