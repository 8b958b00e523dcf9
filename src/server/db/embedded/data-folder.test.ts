// @module-tag embedded
import { once } from 'node:events';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import {
	checkDataFolder,
	checkSocketFolder,
	makeSocketFolder,
	markDataFolder,
	nameOf,
	socketFolderOf
} from './data-folder.ts';
import { holderOf, isLocked, lockFolder } from './lock.ts';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'broadsheet-folder-'));
	return () => rmSync(folder, { recursive: true });
});

test('a folder that does not exist is made, for its owner alone', () => {
	const path = join(folder, 'a', 'data');
	checkDataFolder(path);
	expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('a folder that was marked is ours', () => {
	markDataFolder(folder);
	writeFileSync(join(folder, 'more'), '');
	checkDataFolder(folder);
});

const refused: [name: string, make: () => void, said: string][] = [
	['with something else in it', () => mkdirSync(join(folder, 'photos')), 'holds something else'],
	[
		'of a newer version',
		() => writeFileSync(join(folder, 'broadsheet.json'), '{"format":2}'),
		'made by a newer version'
	],
	['with a damaged mark', () => writeFileSync(join(folder, 'broadsheet.json'), '{"form'), 'is damaged']
];

test.for(refused)('a folder %s is refused', ([, make, said]) => {
	make();
	expect(() => checkDataFolder(folder)).toThrow(said);
});

test('a path through a file is refused', () => {
	writeFileSync(join(folder, 'file'), '');
	expect(() => checkDataFolder(join(folder, 'file', 'data'))).toThrow('cannot be written');
});

test.runIf(process.getuid?.() === 0)('a folder of another user is refused', () => {
	chownSync(folder, 12345, 12345);
	expect(() => checkDataFolder(folder)).toThrow('belongs to another user');
});

test.skipIf(process.getuid?.() === 0)('a folder that cannot be written is refused', () => {
	chmodSync(folder, 0o500);
	expect(() => checkDataFolder(folder)).toThrow('cannot be written');
});

test('the socket lies in the folder, or in a short one where the path is too long', () => {
	expect(socketFolderOf(folder)).toBe(join(folder, 'socket'));
	const long = join(folder, 'ü'.repeat(50));
	mkdirSync(long);
	expect(socketFolderOf(long)).toBe(join(tmpdir(), `broadsheet-${nameOf(long)}`));
});

test('a folder for the socket that is a link is refused', () => {
	symlinkSync(tmpdir(), join(folder, 'link'));
	expect(() => makeSocketFolder(join(folder, 'link'))).toThrow('not ours alone');
});

test('a folder has one lock, by whatever path it is reached', async () => {
	symlinkSync(folder, join(folder, 'link'));
	expect(await isLocked(folder)).toBe(false);
	const lock = await lockFolder(folder);
	expect(await lockFolder(join(folder, 'link'))).toBeNull();
	expect(await isLocked(folder)).toBe(true);
	lock!.release();
	expect(await isLocked(folder)).toBe(false);
	expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test.runIf(process.platform === 'linux')('who holds the lock is named, also when it is no database', async () => {
	const lock = await lockFolder(folder);
	expect(await holderOf(folder)).toBe(`process ${process.pid}`);
	lock!.release();
	const squatter = createServer((socket) => socket.destroy()).listen({ path: `\0broadsheet-${nameOf(folder)}` });
	await once(squatter, 'listening');
	expect(await lockFolder(folder)).toBeNull();
	expect(await holderOf(folder)).toMatch(/no database of this version; `ss -xlp` names who listens on @broadsheet-/);
	squatter.close();
});

test('a socket folder that others could use is not trusted', () => {
	checkSocketFolder(join(folder, 'not-there'));
	chmodSync(folder, 0o700);
	checkSocketFolder(folder);
	chmodSync(folder, 0o755);
	expect(() => checkSocketFolder(folder)).toThrow('not ours alone');
});
