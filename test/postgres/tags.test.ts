import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** In two pieces: vitest would take this file for one of them. */
const tag = ['// @module-tag', 'embedded\n'].join(' ');
const root = join(import.meta.dirname, '../..');

test('tests of the embedded database say so in their first line, and are skipped by bin/test --postgres', () => {
	const files = globSync('src/server/db/embedded/*.test.ts', { cwd: root });
	expect(files.length).toBeGreaterThan(10);
	const untold = files.filter((file) => !readFileSync(join(root, file), 'utf8').startsWith(tag));
	expect(untold).toEqual([]);
});
