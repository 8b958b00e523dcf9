import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fsyncPath } from '#server/db/embedded/durable-fs.ts';
import { Refused } from '#server/refused.ts';

/** Not on every file system are there links: FAT has none, and some shares of a network. */
const withoutLinks = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EACCES']);

/** Gives a whole file its name, for good. A file that has come to have it meanwhile stays, which `rename` would write over. */
export function putInPlace(aside: string, path: string, link = linkSync) {
	try {
		if (!isLinked(aside, path, link)) {
			writeFileSync(path, '', { flag: 'wx', mode: 0o600 });
			renameSync(aside, path);
		}
	} catch (fault) {
		throw (fault as NodeJS.ErrnoException).code === 'EEXIST' ? existsAlready(path) : fault;
	}
	rmSync(aside, { force: true });
	fsyncPath(dirname(path));
}

function isLinked(aside: string, path: string, link: typeof linkSync) {
	try {
		link(aside, path);
		return true;
	} catch (fault) {
		if (!withoutLinks.has((fault as NodeJS.ErrnoException).code ?? '')) throw fault;
		return false;
	}
}

export const existsAlready = (path: string) =>
	new Refused('conflict', `${path} exists already; name a file that does not.`);
