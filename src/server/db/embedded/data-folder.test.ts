// @module-tag embedded
import { once } from 'node:events';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { answers } from './checked-socket.ts';
import {
	checkDataFolder,
	checkSocketFolder,
	dropSocketFolder,
	makeSocketFolder,
	markDataFolder,
	nameOf,
	socketFolderOf
} from './data-folder.ts';
import { holderOf, isLocked, lockFolder } from './lock.ts';
import { socketName } from './socket.ts';

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

test('a folder in which we left things beside a database on a server becomes ours', () => {
	for (const name of ['backups', 'logs', 'copies', 'before-0002_page_changes', 'lost+found', 'socket'])
		mkdirSync(join(folder, name));
	for (const name of ['moving.backup', 'moving.backup.71-0af3.unfinished', 'reserve', 'database.log', 'lock'])
		writeFileSync(join(folder, name), '');
	checkDataFolder(folder);
	writeFileSync(join(folder, 'moving.backup.txt'), '');
	expect(() => checkDataFolder(folder)).toThrow('holds something else');
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

test('a mark that a full disk left empty in a folder without a database is made again', () => {
	writeFileSync(join(folder, 'broadsheet.json'), '');
	checkDataFolder(folder);
	markDataFolder(folder);
	expect(readFileSync(join(folder, 'broadsheet.json'), 'utf8')).toContain('"format":1');
	writeFileSync(join(folder, 'broadsheet.json'), '');
	mkdirSync(join(folder, 'postgres'));
	expect(() => checkDataFolder(folder)).toThrow('is damaged');
});

test('a file is refused as a folder', () => {
	writeFileSync(join(folder, 'file'), '');
	expect(() => checkDataFolder(join(folder, 'file'))).toThrow('is a file, not a folder');
});

test('a folder that is meant to be everybody’s is not to be changed', () => {
	chmodSync(folder, 0o1777);
	expect(() => checkDataFolder(folder)).toThrow('set DATA_FOLDER to a folder of your own');
	chmodSync(folder, 0o777);
	expect(() => checkDataFolder(folder)).toThrow('chmod o-w it');
});

test.runIf(process.platform === 'linux')('a folder where none can be made is refused at once', () => {
	expect(() => checkDataFolder('/proc/nowhere/data')).toThrow('cannot be written');
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

test.runIf(process.platform === 'linux').for([
	['says much, without an end', 2 ** 16, 0],
	['says little, without an end', 1, 100]
] as const)('who has taken the lock and %s is not listened to for long', async ([, bytes, interval]) => {
	let said = 0;
	const squatter = createServer((socket) => {
		socket.on('error', () => {});
		const timer = setInterval(() => {
			if (said < 2 ** 26 && socket.writable) socket.write('1'.repeat(bytes), () => (said += bytes));
		}, interval);
		socket.on('close', () => clearInterval(timer));
	}).listen({ path: `\0broadsheet-${nameOf(folder)}` });
	await once(squatter, 'listening');
	const began = performance.now();
	expect(await isLocked(folder)).toBe(true);
	expect(await holderOf(folder)).toContain(bytes > 1 ? 'no database of this version' : 'process 1');
	expect(performance.now() - began).toBeLessThan(4_000);
	expect(said).toBeLessThan(2 ** 24);
	squatter.close();
});

test.runIf(process.platform === 'linux')('who asks for the lock and stays is sent away', async () => {
	const lock = await lockFolder(folder);
	const curious = connect({ path: `\0broadsheet-${nameOf(folder)}`, allowHalfOpen: true });
	curious.resume();
	await once(curious, 'end');
	const failed = once(curious, 'error');
	const timer = setInterval(() => curious.write('x'), 10);
	expect(await failed).toMatchObject([{ code: 'EPIPE' }]);
	clearInterval(timer);
	lock!.release();
});

test('a socket folder that is not there is made for us alone, and one outside of the data folder is never given up', () => {
	const [inside, outside] = [join(folder, 'socket'), mkdtempSync(join(tmpdir(), 'broadsheet-folder-'))];
	expect(checkSocketFolder(inside)).toBe(false);
	makeSocketFolder(inside);
	expect(checkSocketFolder(inside)).toBe(true);
	dropSocketFolder(inside, folder);
	dropSocketFolder(outside, folder);
	expect([existsSync(inside), existsSync(outside)]).toEqual([false, true]);
	rmSync(outside, { recursive: true });
});

test('who listens in a socket folder that is not ours alone is not taken for the database', async () => {
	const other = createServer((socket) => socket.destroy()).listen(join(folder, socketName));
	await once(other, 'listening');
	chmodSync(folder, 0o700);
	expect(await answers(folder)).toBe(true);
	chmodSync(folder, 0o755);
	await expect(answers(folder)).rejects.toThrow('not ours alone');
	other.close();
});

test.runIf(process.getuid?.() === 0)(
	'who listens in a socket folder of another user is not taken for the database',
	async () => {
		const other = createServer((socket) => socket.destroy()).listen(join(folder, socketName));
		await once(other, 'listening');
		chownSync(folder, 12345, 12345);
		await expect(answers(folder)).rejects.toThrow('not ours alone');
		other.close();
	}
);

test('a socket folder that others could use is not trusted', () => {
	checkSocketFolder(join(folder, 'not-there'));
	chmodSync(folder, 0o700);
	checkSocketFolder(folder);
	chmodSync(folder, 0o755);
	expect(() => checkSocketFolder(folder)).toThrow('not ours alone');
});
