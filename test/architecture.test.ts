import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const sources = globSync('src/**/*.{ts,svelte}', { cwd: root }).sort();

/** Nouns, the earlier never importing the later; then the tools that every noun may use. */
const NOUNS = ['organisations', 'papers', 'editions', 'search', 'feeds', 'imports', 'backups', 'status'];
const TOOLS = ['db', 'text', 'http', 'jobs', 'config.ts', 'refused.ts', 'log.ts', 'version.ts'];

interface Import {
	from: string;
	to: string;
	typeOnly: boolean;
}

const imports: Import[] = sources.flatMap((from) =>
	[
		...readFileSync(join(root, from), 'utf8').matchAll(
			/^\s*(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)/gm
		)
	].map(([, type, named, dynamic]) => ({ from, to: resolved(from, named ?? dynamic ?? ''), typeOnly: Boolean(type) }))
);

function resolved(from: string, to: string) {
	if (to.startsWith('.')) return relative(root, join(root, dirname(from), to));
	return to.replace(/^#(server|ui)\//, 'src/$1/');
}

const partOf = (path: string) => /^src\/server\/([^/]+)/.exec(path)?.[1] ?? null;
const isTest = (path: string) => path.endsWith('.test.ts') || path.endsWith('/make.ts');

test('the product does not know the web or the command line', () => {
	const wrong = imports.filter(
		({ from, to }) => from.startsWith('src/server/') && /^(@sveltejs|\$app|src\/(ui|routes|cli))/.test(to)
	);
	expect(wrong).toEqual([]);
});

test('every part of the product has its place in the order', () => {
	const parts = new Set(sources.map(partOf).filter((part) => part !== null && !part.endsWith('.test.ts')));
	expect([...parts].filter((part) => !NOUNS.includes(part!) && !TOOLS.includes(part!))).toEqual([]);
});

test('nouns use earlier nouns and tools; tools use no noun, but for the list of jobs', () => {
	const wrong = imports.filter(({ from, to }) => {
		const [user, used] = [partOf(from), partOf(to)];
		if (!user || !used || user === used || !NOUNS.includes(used) || isTest(from)) return false;
		if (user === 'jobs') return !to.endsWith('.jobs.ts');
		return TOOLS.includes(user) || NOUNS.indexOf(used) > NOUNS.indexOf(user);
	});
	expect(wrong).toEqual([]);
});

test('components take only types from the product', () => {
	const wrong = imports.filter(
		({ from, to, typeOnly }) => from.startsWith('src/ui/') && to.startsWith('src/server/') && !typeOnly
	);
	expect(wrong).toEqual([]);
});

test('routes hold no SQL', () => {
	expect(imports.filter(({ from, to }) => from.startsWith('src/routes/') && to === 'kysely')).toEqual([]);
});

test('stored HTML reaches a page in one component alone', () => {
	const users = sources.filter(
		(path) => path.endsWith('.svelte') && readFileSync(join(root, path), 'utf8').includes('{@html')
	);
	expect(users).toEqual(['src/ui/Text.svelte']);
});

test('the environment is read in one file', () => {
	const users = sources.filter(
		(path) => !isTest(path) && readFileSync(join(root, path), 'utf8').includes('process.env')
	);
	expect(users).toEqual(['src/server/config.ts']);
});
