import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { putInPlace } from './put-in-place.ts';

const root = mkdtempSync(join(tmpdir(), 'broadsheet-in-place-'));
afterAll(() => rmSync(root, { recursive: true }));

function fatLink(): never {
	throw Object.assign(new Error('operation not permitted, link'), { code: 'EPERM' });
}

describe.each([
	['with links', linkSync],
	['without links', fatLink]
])('on a file system %s', (_kind, link) => {
	test('a whole file gets its name; one that has it already stays as it is', () => {
		const folder = mkdtempSync(join(root, 'one-'));
		const [aside, path] = [join(folder, 'aside'), join(folder, 'a.backup')];
		writeFileSync(aside, 'whole');
		putInPlace(aside, path, link);
		expect(readdirSync(folder)).toEqual(['a.backup']);
		writeFileSync(aside, 'another');
		expect(() => putInPlace(aside, path, link)).toThrow('a.backup exists already; name a file that does not.');
		expect(readFileSync(path, 'utf8')).toBe('whole');
	});
});
