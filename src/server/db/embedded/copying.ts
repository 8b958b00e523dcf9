import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { faultOf, log } from '../../log.ts';
import { Refused } from '../../refused.ts';
import { ask, BackendDied, checkpoint } from './asking.ts';
import type { Backend } from './backend.ts';
import { clusterFolder } from './cluster.ts';
import type { Copied } from './control.ts';
import { copyRoughly, mendCopy, type Tree, treeOf } from './copy-tree.ts';
import { markDataFolder } from './data-folder.ts';
import { fsyncPath, fsyncTree } from './durable-fs.ts';
import { freeBytesAt } from './room.ts';
import type { WorkKind } from './tally.ts';
import { inOneTurn, type Turns } from './turns.ts';
import type { Writes } from './writes.ts';

interface Copying {
	backend: Backend;
	turns: Turns;
	/** The data folder that is copied. */
	folder: string;
	writes: Writes;
	/** Told for how long everybody has waited. */
	onWork: (kind: WorkKind, ms: number) => void;
}

/**
 * Copies the running database. A rough copy is made while clients write; then, in one turn in which nothing changes, a
 * checkpoint is made and what was written meanwhile is copied again. 600 MB in one turn took 1.8 to 3.7 s.
 */
export function copier({ backend, turns, folder, writes, onWork }: Copying) {
	const from = resolve(clusterFolder(folder));
	let underWay = 0;
	let last: Promise<unknown> = Promise.resolve();

	/**
	 * One after the other: there is one list of what was written. Refuses whatever goes wrong, as others use the database, unless
	 * the backend has died of it.
	 */
	function copy(to: string): Promise<Copied> {
		underWay += 1;
		const copied = last.then(() => copyAside(to)).finally(() => (underWay -= 1));
		last = copied.catch(() => {});
		return copied;
	}

	async function copyAside(to: string) {
		try {
			refuseUnlessNew(to);
			// What others have under such a name is theirs. The sweeps of src/server/backups know the ending.
			const aside = `${to}.${randomBytes(6).toString('hex')}.copying`;
			mkdirSync(aside, { mode: 0o700 });
			return await fill(aside, to).catch(async (fault: unknown) => {
				await remove(aside);
				throw fault;
			});
		} catch (fault) {
			throw refusalOf(fault, to);
		}
	}

	function refuseUnlessNew(to: string) {
		if (lstatSync(to, { throwIfNoEntry: false }))
			throw new Refused('conflict', `${to} exists already; a copy of the database needs a new folder.`);
		if (!relative(realpathSync(from), realpathSync(dirname(to))).startsWith('..'))
			throw new Refused('invalid', `${to} lies in the database itself; a copy needs a folder outside of it.`);
	}

	async function fill(aside: string, to: string) {
		try {
			const copied = await copyCluster(clusterFolder(aside));
			markDataFolder(aside);
			await fsyncTree(aside);
			renameSync(aside, to);
			fsyncPath(dirname(to));
			return copied;
		} finally {
			writes.end();
		}
	}

	async function copyCluster(to: string) {
		writes.begin();
		const before = treeOf(from, (path) => !isPassing(path) && !path.startsWith('pg_wal/'));
		if (before.bytes > freeBytesAt(dirname(to))) throw noRoom(to, before.bytes);
		await copyRoughly(before, to);
		// The checkpoint in the pause then has less to do.
		onWork('checkpoints', await inOneTurn(turns, () => timed(() => checkpoint(backend))));
		let bytes = 0;
		const pauseMs = await inOneTurn(turns, () => timed(async () => (bytes = await mend(before, to))));
		onWork('copies', pauseMs);
		return { bytes, pauseMs };
	}

	async function mend(before: Tree, to: string) {
		await checkpoint(backend);
		const [first, last] = await logInUse();
		const isNeeded = (path: string) => !isPassing(path) && !isLogOutside(path, first, last);
		const now = treeOf(from, isNeeded);
		mendCopy(to, { before, now, written: writes.since() });
		return now.bytes;
	}

	/** The first and the last segment of the log that a start of the copy reads. */
	async function logInUse() {
		const segments = `redo_wal_file || ' ' || pg_walfile_name(pg_current_wal_insert_lsn())`;
		const [names] = await ask(backend, `select ${segments} from pg_control_checkpoint()`);
		return names!.split(' ') as [first: string, last: string];
	}

	return { copy, underWay: () => underWay };
}

/** The files of queries and their sorting. */
const isPassing = (path: string) => /(^|\/)pgsql_tmp/.test(path);

/** Segments before the checkpoint, and those that are kept for reuse: up to 128 MB. */
function isLogOutside(path: string, first: string, last: string) {
	const segment = /^pg_wal\/([0-9A-F]{24})$/.exec(path)?.[1];
	return segment !== undefined && (segment < first || segment > last);
}

async function timed(work: () => Promise<unknown>) {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

const noRoom = (to: string, bytes: number) =>
	new Refused(
		'unavailable',
		`There is no room for a copy of the database at ${dirname(dirname(to))}: it needs ${megabytes(bytes)}.`
	);

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;

function refusalOf(fault: unknown, to: string) {
	if (fault instanceof Refused || fault instanceof BackendDied) return fault;
	log('warn', 'the database could not be copied', { to, ...faultOf(fault) });
	const { code, message } = fault as NodeJS.ErrnoException;
	return new Refused('unavailable', `The database could not be copied to ${to} (${code ?? message}).`);
}

/** Whoever wanted the copy hears why there is none, not what else went wrong. */
async function remove(aside: string) {
	await rm(aside, { recursive: true, force: true, maxRetries: 3 }).catch((fault: unknown) =>
		log('warn', 'what was copied of the database could not be removed', { aside, ...faultOf(fault) })
	);
}
