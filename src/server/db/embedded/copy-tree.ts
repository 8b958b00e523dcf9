import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

export interface Tree {
	root: string;
	/** Paths below the root; a folder comes before what is in it. */
	folders: string[];
	files: Map<string, Kept>;
	bytes: number;
}

/** The same path may be another file later. */
interface Kept {
	inode: number;
	size: number;
}

/** What lies in a folder, but for the files that are not needed. */
export function treeOf(root: string, isNeeded: (path: string) => boolean): Tree {
	const entries = readdirSync(root, { recursive: true, withFileTypes: true });
	const paths = (ofKind: typeof entries) => ofKind.map((one) => relative(root, join(one.parentPath, one.name)));
	const files = new Map<string, Kept>();
	for (const path of paths(entries.filter((one) => one.isFile())).filter(isNeeded)) {
		const { ino: inode, size } = statSync(join(root, path));
		files.set(path, { inode, size });
	}
	const folders = paths(entries.filter((one) => one.isDirectory())).toSorted();
	return { root, folders, files, bytes: [...files.values()].reduce((sum, { size }) => sum + size, 0) };
}

/**
 * Copies while others write: a copy to be mended by `mendCopy`. Where the file system can (btrfs, xfs), the copies share
 * their blocks with the originals, at once.
 */
export async function copyRoughly({ root, folders, files }: Tree, to: string) {
	mkdirSync(to, { mode: 0o700 });
	for (const folder of folders) mkdirSync(join(to, folder));
	for (const file of files.keys())
		await copyFile(join(root, file), join(to, file), constants.COPYFILE_FICLONE).catch(unlessGone);
}

function unlessGone(fault: NodeJS.ErrnoException) {
	if (fault.code !== 'ENOENT') throw fault;
}

/** Makes a rough copy of `before` one of `now`, synchronously: what was written since, what is another file, and what is gone. */
export function mendCopy(to: string, { before, now, written }: { before: Tree; now: Tree; written: Set<string> }) {
	for (const path of [...before.files.keys()].filter((one) => !now.files.has(one)))
		rmSync(join(to, path), { force: true });
	for (const folder of now.folders) mkdirSync(join(to, folder), { recursive: true });
	for (const [path, { inode, size }] of now.files) {
		const known = before.files.get(path);
		const isSame = known?.inode === inode && known.size === size && !written.has(join(now.root, path));
		if (!isSame || !existsSync(join(to, path)))
			copyFileSync(join(now.root, path), join(to, path), constants.COPYFILE_FICLONE);
	}
}
