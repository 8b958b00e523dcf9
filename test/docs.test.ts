import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsFrom } from '#server/config.ts';
import { measureRefusal } from '#server/http/measures.ts';
import { paperRecordOf } from '#server/papers/paper-record.ts';
import { RULES } from '#server/status/alarms.ts';
import { makeStatus } from '#server/status/make.ts';
import { metricsOf } from '#server/status/metrics.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).sort();

test('every setting has its heading in docs/configuration.md, and every heading is a setting', () => {
	const asked = new Set<string>();
	settingsFrom(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));
	const settings = [...asked].filter((name) => !name.endsWith('_FILE')).sort();
	const headings = [...read('docs/configuration.md').matchAll(/^## (\S+)$/gm)].map(([, name]) => name!).sort();
	expect(headings).toEqual(settings);
});

test('every command has its heading in docs/cli.md, with all its options', async () => {
	const commands = [...read('src/cli/broadsheet.ts').matchAll(/^\t(\w+): \{ about:/gm)].map(([, name]) => name!);
	const text = read('docs/cli.md');
	expect([...text.matchAll(/^## broadsheet (\S+)$/gm)].map(([, name]) => name)).toEqual(commands);
	for (const command of commands) {
		const section = text.split(`## broadsheet ${command}\n`)[1]!.split('\n## ')[0]!;
		const { help } = (await import(`../src/cli/${command}.ts`)) as { help: string };
		for (const [option] of help.matchAll(/--[a-z-]+/g)) expect(section, `${command} ${option}`).toContain(option);
	}
});

test('every page and form of the web is in docs/api.md', () => {
	const text = read('docs/api.md');
	const named: Record<string, string> = {
		'': '/`',
		'[day=day]': '/2026-04-16`',
		'[week=week]': '/2026-W16`',
		'[month=month]': '/2026-04`',
		'papers/[...key]': '/papers/2407.13036`',
		'papers/[span=span]/[when]': '/papers/date/…`',
		'sitemaps/[part].xml': '/sitemap.xml`',
		feed: '/feed.atom`'
	};
	const routes = globSync('src/routes/**/{+page.svelte,+server.ts}', { cwd: root })
		.map((path) =>
			dirname(path)
				.replace(/^src\/routes\/?/, '')
				.replace(/\/as\/\[form=form\]$/, '')
		)
		.map((route) => named[route] ?? `/${route.includes('/[') ? route.split('[')[0] : `${route}\``}`);
	for (const address of new Set(routes)) expect(text).toContain(`\`${address}`);
});

test('every field of a paper that an import reads has its line in docs/import.md', () => {
	const asked = new Set<string>();
	const record = new Proxy({}, { getOwnPropertyDescriptor: (_, name) => void asked.add(String(name)) });
	expect(() => paperRecordOf(record)).toThrow('title');
	expect(asked).toContain('submitted');
	const section = read('docs/import.md').split('## A paper\n')[1]!.split('\n## ')[0]!;
	for (const field of asked) expect(section).toContain(`\`${field}\``);
});

test('every dependency has its line in docs/dependencies.md, and every line is a dependency', () => {
	const { dependencies, optionalDependencies, devDependencies } = JSON.parse(read('package.json'));
	const cells = [...read('docs/dependencies.md').matchAll(/^\| (?!package |-)([^|]+) \|/gm)].map(([, names]) => names!);
	const named = cells.flatMap((names) => names.split(', '));
	expect(named.sort()).toEqual(Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).sort());
});

test('every alarm has its heading in docs/operations.md, and every heading there is an alarm', () => {
	const section = read('docs/operations.md').split('\n## Alarms\n')[1]!.split('\n## ')[0]!;
	expect([...section.matchAll(/^### (\S+)$/gm)].map(([, name]) => name)).toEqual(RULES.map(({ name }) => name));
});

test('every metric has its line in docs/operations.md, and every one that is named there exists', async () => {
	const text = read('docs/operations.md');
	// Those of HTTP are registered by whoever serves.
	measureRefusal(400);
	const told = (await metricsOf(makeStatus())).text;
	const metrics = [...told.matchAll(/^# TYPE (broadsheet_\w+)/gm)].map(([, name]) => name!);
	const named = [...text.matchAll(/`?(broadsheet_\w+?)(?:_count|_bucket)?(?=[^\w])/g)].map(([, name]) => name!);
	for (const metric of metrics) expect(named).toContain(metric);
	for (const name of new Set(named)) expect(metrics).toContain(name);
});

test('links between documents lead somewhere', () => {
	for (const document of documents)
		for (const [, target] of read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g))
			expect(globSync(join(dirname(document), target!), { cwd: root }), `${document} → ${target}`).toHaveLength(1);
});

test('no document names a path of a machine or a registry', () => {
	for (const document of documents)
		expect(read(document)).not.toMatch(/\/work\/|\/root\/|registry\.npmjs|\.\.\/shared/);
});
