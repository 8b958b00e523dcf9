// @module-tag embedded
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { copyRoughly, mendCopy, treeOf } from './copy-tree.ts';
import { noteWrites } from './writes.ts';

let folder: string;
let from: string;
let to: string;
const write = (path: string, text: string) => writeFileSync(join(from, path), text);

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'broadsheet-tree-'));
	[from, to] = [join(folder, 'from'), join(folder, 'to')];
	mkdirSync(join(from, 'base', 'empty'), { recursive: true });
	return () => rmSync(folder, { recursive: true });
});

const contentOf = (root: string) =>
	readdirSync(root, { recursive: true, withFileTypes: true })
		.map((one) => {
			const path = join(one.parentPath, one.name);
			return `${path.slice(root.length)} ${one.isFile() ? readFileSync(path, 'utf8') : ''}`;
		})
		.toSorted();

test('a rough copy is mended: what was written, renamed, made and removed since', async () => {
	for (const path of ['same', 'written', 'renamed', 'removed', 'grown']) write(path, path);
	write('unneeded', '');
	const isNeeded = (path: string) => path !== 'unneeded';
	const writes = noteWrites();
	writes.begin();
	const before = treeOf(from, isNeeded);
	await copyRoughly(before, to);
	write('written', 'nettirw');
	writes.note(join(from, 'written'));
	// Of the same length, and not written to: only the file behind the name tells.
	write('other', 'demaner');
	renameSync(join(from, 'other'), join(from, 'renamed'));
	rmSync(join(from, 'removed'));
	write('grown', 'grown more');
	mkdirSync(join(from, 'later'));
	write('later/made', 'made');
	mendCopy(to, { before, now: treeOf(from, isNeeded), written: writes.since() });
	rmSync(join(from, 'unneeded'));
	expect(contentOf(to)).toEqual(contentOf(from));
});

test('what is written before it is asked, and after, is not noted', () => {
	const writes = noteWrites();
	writes.note('before');
	writes.begin();
	writes.note('while');
	expect([...writes.since()]).toEqual(['while']);
	writes.end();
	writes.note('after');
	expect([...writes.since()]).toEqual([]);
});
