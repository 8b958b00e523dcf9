import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { openDatabase } from '#server/db/connection.ts';
import { socketFolderOf } from '#server/db/embedded/data-folder.ts';
import { useDataFolder } from '#server/db/embedded/test-folder.ts';
import { migrate, migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { dropKept, keepBeforeUpgrade } from './before-upgrade.ts';

const kept = 'before-0002_page_changes';

describe('an upgrade of a data folder', { tags: ['embedded'] }, () => {
	const data = useDataFolder();
	const source = () => ({ dataFolder: data.folder(), databaseUrl: null });
	const keptFolders = () => readdirSync(data.folder()).filter((name) => name.startsWith('before-'));

	/** What the kept folder holds: it is a data folder of its own. */
	async function migrationsKept(name = kept) {
		const copy = { dataFolder: join(data.folder(), name), databaseUrl: null };
		const { db, close } = await openDatabase(copy, { processArguments: ['--linger=100'] });
		const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db);
		await close();
		return rows.map(({ name }) => name);
	}

	test('the old state is kept until the new version serves, also when it is killed between two migrations', async () => {
		const db = await data.open();
		await keepBeforeUpgrade(source());
		expect(keptFolders(), 'a new folder has nothing to keep').toEqual([]);
		await migrate(db, migrationsFolder, { last: '0001_papers.sql' });

		await keepBeforeUpgrade(source());
		expect(keptFolders()).toEqual([kept]);
		// Killed before the first migration: the state may be newer than the copy, so it is taken again.
		await sql`insert into organisation (handle, name) values ('cern', 'CERN')`.execute(db);
		await keepBeforeUpgrade(source());
		// Killed after it: the database is half migrated, and what is kept is not.
		const second = (await migrationsIn(migrationsFolder))[1]!.name;
		await migrate(db, migrationsFolder, { last: second });
		await keepBeforeUpgrade(source());
		expect(keptFolders()).toEqual([kept]);

		expect((await migrate(db)).length).toBeGreaterThan(0);
		expect(await migrate(db)).toEqual([]);
		await keepBeforeUpgrade(source());
		expect(await migrationsKept()).toEqual(['0001_papers.sql']);
		await dropKept(source());
		expect(keptFolders()).toEqual([]);
	}, 60_000);

	test('what processes that were killed left goes, also where they had the number of this one', async () => {
		const db = await data.open();
		await migrate(db, migrationsFolder, { last: '0001_papers.sql' });
		const left = [
			`${process.pid}-1.unfinished`,
			`${process.pid}-1.unfinished.0123456789ab.copying`,
			'4194999-1.unfinished.0123456789ab.copying'
		];
		for (const name of left) mkdirSync(join(data.folder(), `${kept}.${name}`));
		await keepBeforeUpgrade(source());
		expect(keptFolders()).toEqual([kept]);
		mkdirSync(join(data.folder(), `${kept}.4194999-2.unfinished.0123456789ab.copying`));
		await dropKept(source());
		expect(keptFolders()).toEqual([]);
	}, 60_000);

	test('it says once that it waits for the database process of an older version', async () => {
		const db = await data.open();
		await migrate(db, migrationsFolder, { last: '0001_papers.sql' });
		// Older versions have no such socket.
		rmSync(join(socketFolderOf(data.folder()), 'control'));
		const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
		try {
			const keeping = keepBeforeUpgrade(source());
			await vi.waitFor(() => expect(said).toHaveBeenCalled(), { timeout: 10_000 });
			await pause(500);
			process.kill(data.running()!, 'SIGTERM');
			await keeping;
			const waits = said.mock.calls.filter(([line]) =>
				String(line).includes('An older version still uses this database')
			);
			expect(waits).toHaveLength(1);
			expect(JSON.parse(String(waits[0]![0]))).toMatchObject({
				message: expect.stringContaining('waiting up to 20 seconds'),
				dataFolder: data.folder()
			});
		} finally {
			said.mockRestore();
		}
		expect(keptFolders()).toEqual([kept]);
	}, 60_000);

	test('a copy that an earlier upgrade left is not taken for one of this upgrade', async () => {
		const db = await data.open();
		await migrate(db, migrationsFolder, { last: '0001_papers.sql' });
		await keepBeforeUpgrade(source());
		// It was left by a version that knew no later migration, and has done all that it had to.
		const migrations = ['0002_page_changes.sql'];
		writeFileSync(join(data.folder(), kept, 'before-upgrade.json'), JSON.stringify({ migrations }));
		await migrate(db, migrationsFolder, { last: migrations[0] });
		await keepBeforeUpgrade(source());
		expect(keptFolders().toSorted()).toEqual([kept, 'before-0003_backups']);
		expect(await migrationsKept('before-0003_backups')).toEqual(['0001_papers.sql', '0002_page_changes.sql']);
		await dropKept(source());
		expect(keptFolders()).toEqual([]);
	}, 60_000);
});

test('a server is not copied', async () => {
	await keepBeforeUpgrade({ dataFolder: '/nowhere', databaseUrl: 'postgres://127.0.0.1:1/none' });
	await dropKept({ dataFolder: '/nowhere', databaseUrl: 'postgres://127.0.0.1:1/none' });
	expect(existsSync('/nowhere')).toBe(false);
});
