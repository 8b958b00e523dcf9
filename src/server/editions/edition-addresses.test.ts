import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { editionAddresses } from './edition-addresses.ts';

test('the site map names every day on which there is something to read', async ({ db }) => {
	await makePaper(db, { announced: '2026-02-05' });
	await db.insertInto('edition').values({ day: '2026-02-06' }).execute();
	expect(await editionAddresses(db)).toEqual(['/', '/archive', '/about', '/2026-02-05']);
});
