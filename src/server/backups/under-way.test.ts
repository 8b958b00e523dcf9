import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { isLeftBehind, leftBehindIn, leftBehindOf, nameUnderWay } from './under-way.ts';

const seen = { pid: 7, ours: new Set(['a.backup.7-2.unfinished']), isAlive: (pid: number) => pid === 7 || pid === 8 };

test.each([
	['what is no such thing', 'a.backup', false],
	['what only ends like one', 'notes.unfinished', false],
	['of a process that is gone', 'a.backup.9-1.unfinished', true],
	['of a process that is gone, while it was copied', 'before-0002_a.9-1.unfinished.0123456789ab.copying', true],
	['of a process that is alive', 'a.backup.8-1.unfinished', false],
	['of a process that is alive, while it is copied', 'before-0002_a.8-1.unfinished.0123456789ab.copying', false],
	['our own', 'a.backup.7-2.unfinished', false],
	['our own, while it is copied', 'a.backup.7-2.unfinished.0123456789ab.copying', false],
	['of an earlier process with our number', 'a.backup.7-1.unfinished', true],
	['of an earlier process with our number, while it was copied', 'a.backup.7-1.unfinished.0123456789ab.copying', true]
])('left behind: %s', (_what, name, expected) => {
	expect(isLeftBehind(name, seen)).toBe(expected);
});

test('what this process is making stays, and what others left of the same thing goes', () => {
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-under-way-'));
	const path = join(folder, 'a.backup');
	const [mine, other] = [nameUnderWay(path), nameUnderWay(path)];
	expect(mine).not.toBe(other);
	for (const one of [mine, other]) writeFileSync(one, '');
	// No process has this number: it is above the highest that Linux gives.
	writeFileSync(`${path}.4194999-1.unfinished`, '');
	mkdirSync(join(folder, 'b.4194999-1.unfinished.0123456789ab.copying'));
	expect(leftBehindOf(path).map((one) => basename(one))).toEqual(['a.backup.4194999-1.unfinished']);
	expect(leftBehindIn(folder, () => true)).toHaveLength(2);
	expect(leftBehindOf(join(folder, 'none', 'a.backup'))).toEqual([]);
	rmSync(folder, { recursive: true });
});
