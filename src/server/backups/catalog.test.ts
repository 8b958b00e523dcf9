import { sql } from 'kysely';
import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { inOrder, sequencesOf, tablesOf } from './catalog.ts';

test('a backup holds every table but those that say that they are derived, in an order in which they can be loaded', async ({
	db
}) => {
	const tables = await tablesOf(db);
	const names = tables.map(({ name }) => name);
	expect(names).toEqual(expect.arrayContaining(['paper', 'paper_author', 'edition', 'edition_paper', 'organisation']));
	expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(migration|backup|page_change)$/)]));
	// No table of a backup needs one that is not in it.
	for (const { name, needs } of tables)
		for (const needed of needs)
			expect(names.slice(0, names.indexOf(name)), `${name} needs ${needed}`).toContain(needed);
});

test('a table of a later migration is in it without a word', async ({ db }) => {
	await sql`
		create table later (id bigint generated always as identity primary key, paper_id bigint references paper,
			doubled bigint generated always as (id * 2) stored, body jsonb)`.execute(db);
	const later = (await tablesOf(db)).find(({ name }) => name === 'later')!;
	expect(later).toMatchObject({ key: ['id'], needs: ['paper'] });
	expect(later.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
		'id bigint',
		'paper_id bigint',
		'body jsonb'
	]);
	expect(await sequencesOf(db, [later])).toEqual([{ name: 'later_id_seq', last: null }]);
	await sql`comment on table later is 'derived: from papers'`.execute(db);
	expect((await tablesOf(db)).map(({ name }) => name)).not.toContain('later');
});

test('tables that refer to each other in a circle cannot be ordered', () => {
	expect(() =>
		inOrder([
			{ name: 'a', needs: ['b'] },
			{ name: 'b', needs: ['a'] }
		])
	).toThrow('in a circle: a, b');
});
