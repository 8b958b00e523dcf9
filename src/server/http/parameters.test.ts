import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databaseTest } from '#server/db/test-database.ts';
import { PARAMETERS, queryRead } from './parameters.ts';
import { ask, page, startEdge } from './test-edge.ts';

test.each([
	['', ''],
	['?utm_source=news&fbclid=1', ''],
	['?page=2&utm_source=news', '?page=2'],
	['?page=2&code=yes&category=cs.CV', '?category=cs.CV&code=yes&page=2'],
	['?page=2&page=3', '?page=2'],
	['?category=%00', '?category=%00']
])('of %j a page reads %j', (query, read) => {
	expect(queryRead(new URLSearchParams(query), '/2026-04-16')).toBe(read);
});

test.each([
	['/papers', '?year=2024&q=mask&year=2023&year=2024', '?q=mask&year=2023&year=2024'],
	['/papers.atom', '?has=project&has=code&sort=newest&q=a&q=b&code=yes', '?q=a&sort=newest&has=code&has=project'],
	['/papers.csl.json', '?author=xie&ids=1&q=a%20b', '?q=a+b&author=xie'],
	['/papers/complete', '?page=2&q=ma', '?q=ma&page=2'],
	['/similar', '?ids=2,1&ids=3&q=mask', '?ids=2%2C1'],
	['/similar.json', '?q=mask', ''],
	['/papers/2407.13036', '?q=mask&year=2024', ''],
	['/papers/2407.13036/similar', '?q=mask&ids=1', '']
])('a search keeps every value that is chosen, in one order: of %s%s it reads %j', (path, query, read) => {
	expect(queryRead(new URLSearchParams(query), path)).toBe(read);
});

databaseTest('what no page reads makes no page, and is not handed to one', async ({ db }) => {
	const edge = await startEdge(db, { '/page': ({ url }) => page(new URL(url).search) });
	const texts = [];
	for (const query of ['', '?x=1', '?x=2', '?page=2&x=3', '?x=4&page=2'])
		texts.push((await ask(edge.address, `/page${query}`)).text);
	expect(texts).toEqual(['', '', '', '?page=2', '?page=2']);
	expect(edge.made).toEqual(['/page', '/page?page=2']);
});

test('what the sources read is on the list, and routes read it there alone', () => {
	const root = join(import.meta.dirname, '../../..');
	const sources = globSync('src/**/*.{ts,svelte}', { cwd: root })
		.filter((file) => !/\.test\.ts$|http\/parameters\.ts$/.test(file))
		.map((file) => readFileSync(join(root, file), 'utf8'));
	const readers = sources.filter((source) => /: URLSearchParams\)/.test(source));
	const read = readers.flatMap((source) =>
		[...source.matchAll(/query\.get(?:All)?\('(\w+)'\)/g)].map(([, name]) => name)
	);
	expect(new Set(read)).toEqual(new Set(PARAMETERS));
	const uses = sources.flatMap((source) => [...source.matchAll(/.*\b(?:url|page)\.(?:url\.)?searchParams.*/g)].flat());
	expect(uses.filter((line) => !/\w+From\(url\.searchParams\)/.test(line))).toEqual([]);
});
