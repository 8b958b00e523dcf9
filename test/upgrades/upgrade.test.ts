// @module-tag embedded
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { countUnanalysed } from '#server/papers/unanalysed.ts';
import { areWordsToCount } from '#server/papers/word-counts.jobs.ts';
import { fixtures } from './fixtures.ts';
import { talliesNow, useOldFolder } from './old-folder.ts';

const released = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
	version: string;
};

test('promise 35: every released version is kept', async () => {
	const changes = await readFile(join(import.meta.dirname, '../../CHANGELOG.md'), 'utf8');
	const versions = [...changes.matchAll(/^## (\d+\.\d+\.\d+)/gm)].map(([, version]) => version!);
	const past = versions.filter((version) => version !== released.version);
	expect(fixtures().map(({ version }) => version)).toEqual(expect.arrayContaining(past));
	expect(past).toContain('0.1.0');
});

/** Milliseconds for a test; it takes a few seconds where nothing else runs. */
const PATIENCE = 120_000;

const keptIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('before-'));

function onlyKept(folder: string) {
	const kept = keptIn(folder);
	expect(kept).toHaveLength(1);
	return kept[0]!;
}

describe.each(fixtures())('a data folder of $version', (fixture) => {
	const { fresh, adopt, run, serve, open } = useOldFolder(fixture);

	/** The migrations of a folder that is opened as it is. */
	async function appliedIn(folder: string) {
		const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(
			await open(adopt(folder))
		);
		return rows.map(({ name }) => name);
	}

	test(
		'promise 35: it is migrated once, every row is there and the same, and the old folder is kept',
		async () => {
			const folder = fresh();
			const now = (await migrationsIn(migrationsFolder)).map(({ name }) => name);
			const first = await run(folder, 'migrate', '--json');
			expect({ ...first, out: JSON.parse(first.out) }).toMatchObject({
				status: 0,
				out: { applied: now.filter((name) => !fixture.migrations.includes(name)) }
			});
			expect(JSON.parse((await run(folder, 'migrate', '--json')).out)).toEqual({ applied: [] });
			expect(await talliesNow(await open(folder), fixture)).toEqual(fixture.tables);
			expect(await appliedIn(join(folder, onlyKept(folder)))).toEqual(fixture.migrations);
		},
		PATIENCE
	);

	test(
		'promise 35: it is served, and its editions and papers are pages',
		async () => {
			const folder = fresh();
			const address = await serve(folder);
			const page = async (path: string) => {
				const answer = await fetch(address + path);
				return { status: answer.status, html: await answer.text() };
			};
			expect(await page('/2026-01-05')).toMatchObject({ status: 200, html: expect.stringContaining('A plain title') });
			expect(await page('/2026-01-08')).toMatchObject({
				status: 200,
				html: expect.stringContaining('of a full edition')
			});
			const paper = await page('/papers/2601.00001');
			expect(paper).toMatchObject({ status: 200, html: expect.stringMatching(/On sums of .*<math/s) });
			expect(await page('/papers/2601.00003v1')).toMatchObject({
				status: 200,
				html: expect.stringContaining('A title that a second version replaces')
			});
			expect((await page('/archive')).status).toBe(200);
			// The site answers a moment before it removes what it had kept.
			await expect.poll(() => keptIn(folder), { timeout: PATIENCE }).toEqual([]);
		},
		PATIENCE
	);

	test(
		'its papers are found by search once its queue was worked',
		async () => {
			const folder = fresh();
			await run(folder, 'migrate');
			const db = await open(folder);
			expect(await countUnanalysed(db)).toBe(fixture.tables.paper!.rows);
			expect((await run(folder, 'work', '--once')).status).toBe(0);
			expect(await countUnanalysed(db)).toBe(0);
			const { rows } = await sql<{ title: string }>`select title from paper join paper_words on paper_id = id
				where lexemes @@ '''t:plain'' & ''t:titl'''::tsquery`.execute(db);
			expect(rows).toContainEqual({ title: expect.stringContaining('A plain title') });
			expect(await areWordsToCount(db)).toBe(false);
		},
		PATIENCE
	);

	test(
		'two of this version that start at once agree who migrates',
		async () => {
			const folder = fresh();
			const both = await Promise.all([run(folder, 'migrate', '--json'), run(folder, 'migrate', '--json')]);
			for (const { status, err } of both) expect(status, err).toBe(0);
			const applied = both.flatMap(({ out }) => (JSON.parse(out) as { applied: string[] }).applied);
			const missing = (await migrationsIn(migrationsFolder)).filter(({ name }) => !fixture.migrations.includes(name));
			expect(applied.toSorted()).toEqual(missing.map(({ name }) => name));
			expect(await talliesNow(await open(folder), fixture)).toEqual(fixture.tables);
			expect(await appliedIn(join(folder, onlyKept(folder)))).toEqual(fixture.migrations);
		},
		PATIENCE
	);

	test(
		'a folder that a later version has migrated is refused in a sentence, and nothing of it changes',
		async () => {
			const folder = fresh();
			await run(folder, 'migrate');
			const db = await open(folder);
			const later = { name: '9999_later.sql', checksum: '' };
			await db
				.insertInto('migration' as never)
				.values(later as never)
				.execute();
			for (const command of [['migrate'], ['serve', '--json']]) {
				expect(await run(folder, ...command)).toEqual({
					status: 1,
					out: '',
					err: 'broadsheet: The database was made by a newer version of Broadsheet (it knows 9999_later.sql); start that version.\n'
				});
			}
			expect(await talliesNow(db, fixture)).toEqual(fixture.tables);
		},
		PATIENCE
	);
});
