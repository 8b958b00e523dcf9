import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from './make.ts';
import { paperAddresses, paperParts } from './sitemap.ts';

test('the site map names every paper', async ({ db }) => {
	const { key } = await makePaper(db);
	const parts = await paperParts(db);
	const addresses = await Promise.all(parts.map((part) => paperAddresses(db, part)));
	expect(addresses.flat()).toContain(`/papers/${key}`);
});

test.for(['papers-99999', 'papers-0', 'papers-', 'days'])(
	'a part of the site map that is not there is refused: %s',
	async (part, { db }) => {
		await makePaper(db);
		await expect(paperAddresses(db, part)).rejects.toThrow('has no such part');
	}
);
