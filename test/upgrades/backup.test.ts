// @module-tag embedded
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { fixtures } from './fixtures.ts';
import { talliesNow, useOldFolder } from './old-folder.ts';

describe.each(fixtures())('a data folder of $version', (fixture) => {
	const { fresh, adopt, run, open } = useOldFolder(fixture);

	test('it is backed up as it is, before an upgrade, and restored into this version', async () => {
		const folder = fresh();
		const file = join(folder, 'backups', 'old.backup');
		mkdirSync(join(folder, 'backups'));
		expect(await run(folder, 'backup', file, '--quiet')).toMatchObject({ status: 0, err: '' });
		const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(await open(folder));
		expect(rows.map(({ name }) => name)).toEqual(fixture.migrations);

		const restored = adopt(join(folder, 'restored'));
		expect(await run(restored, 'restore', file, '--quiet')).toMatchObject({ status: 0, err: '' });
		expect(await talliesNow(await open(restored), fixture)).toEqual(fixture.tables);
	}, 120_000);
});
