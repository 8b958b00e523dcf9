import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { compareTables } from './compare.ts';

test('tables that are not those of the backup are refused, with what to do', async ({ committed: db }) => {
	const tables = { paper: { rows: 0, sha256: 'of other rows' } };
	await expect(compareTables(db, { trailer: { part: 'end', tables, jobs: 0 } })).rejects.toMatchObject({
		reason: 'conflict',
		message:
			'What is in the database is not what was in the backup (paper); restore it into an empty folder or database.'
	});
});
