import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { editionPage } from '#server/editions/edition-page.ts';
import { editionsOfPaper } from '#server/editions/editions.ts';
import { makePaper } from '#server/papers/make.ts';
import { paperByKey } from '#server/papers/papers.ts';
import { similarOf } from '#server/search/similar/kept.ts';
import { hangsOn } from './hangs-on.ts';

const now = new Date('2026-04-20T12:00:00Z');
const whole = { category: null, withCode: false, page: 1 };

/** What the loads of two pages read, and the route of each. */
const pages = {
	'the edition of the 16th': {
		asked: { route: { id: '/[day=day]' }, params: { day: '2026-04-16' } },
		read: (db: Db) => editionPage(db, { day: '2026-04-16', filter: whole, now })
	},
	'the edition of the 17th': {
		asked: { route: { id: '/[day=day]/as/[form=form]' }, params: { day: '2026-04-17', form: 'json' } },
		read: (db: Db) => editionPage(db, { day: '2026-04-17', filter: whole, now })
	},
	'the first paper': {
		asked: { route: { id: '/papers/[...key]' }, params: { key: '2401.00001v1' } },
		read: async (db: Db) => {
			const paper = await paperByKey(db, '2401.00001');
			return { paper, editions: await editionsOfPaper(db, paper.id), similar: await similarOf(db, paper.id) };
		}
	}
};

/** Every way in which what they read can change: one statement each. */
const changes: Record<string, (db: Db, ids: number[]) => Promise<unknown>> = {
	'a title': (db, [id]) => db.updateTable('paper').set({ title: 'Other' }).where('id', '=', id!).execute(),
	'another paper’s title': (db, [, id]) =>
		db.updateTable('paper').set({ title: 'Other' }).where('id', '=', id!).execute(),
	'the day of a paper': (db, [id]) =>
		db.updateTable('paper').set({ announced: '2026-04-14' }).where('id', '=', id!).execute(),
	'an author': (db, [id]) =>
		db.insertInto('paper_author').values({ paper_id: id!, position: 9, name: 'Eve', name_key: 'eve' }).execute(),
	'a version': (db, [id]) =>
		db.insertInto('paper_version').values({ paper_id: id!, version: 9, seen_at: now }).execute(),
	'a replaced text': (db, [id]) =>
		db.insertInto('paper_change').values({ paper_id: id!, field: 'title', before: 'Once', seen_at: now }).execute(),
	'a paper of the same day': (db) => makePaper(db, { key: '2401.00009', announced: '2026-04-16' }),
	'a paper of a day before': (db) => makePaper(db, { key: '2401.00009', announced: '2026-04-13' }),
	'another paper featured': (db, [, , id]) =>
		db
			.insertInto('edition_paper')
			.values({ day: '2026-04-17', paper_id: id!, source: 'test', featured_at: now })
			.execute(),
	'a place': (db, [, id]) => db.updateTable('edition_paper').set({ place: 1 }).where('paper_id', '=', id!).execute(),
	'a featured paper taken out': (db, [, id]) => db.deleteFrom('edition_paper').where('paper_id', '=', id!).execute(),
	'a deleted paper': (db, [, id]) => db.deleteFrom('paper').where('id', '=', id!).execute(),
	'a note': (db) => db.updateTable('edition').set({ note: 'A note' }).where('day', '=', '2026-04-16').execute(),
	'what is similar': (db, [id]) =>
		db.insertInto('similar_papers').values({ paper_id: id!, similar_ids: [], reasons: [], found_at: now }).execute(),
	'the name of an organisation': (db) => db.updateTable('organisation').set({ name: 'Other' }).execute()
};

async function makePages(db: Db) {
	const lab = { handle: 'lab', name: 'Lab' };
	const papers = [
		await makePaper(db, { key: '2401.00001', title: 'One', announced: '2026-04-16', organisation: lab }),
		await makePaper(db, { key: '2401.00002', title: 'Two', announced: '2026-04-16' }),
		await makePaper(db, { key: '2401.00003', title: 'Three', announced: '2026-04-15' })
	];
	await db.insertInto('edition').values({ day: '2026-04-17' }).execute();
	for (const { id } of papers.slice(0, 2))
		await db
			.insertInto('edition_paper')
			.values({ day: '2026-04-17', paper_id: id, source: 'test', featured_at: now })
			.execute();
	return papers.map(({ id }) => id);
}

test.for(Object.keys(changes))('what shows %s is dropped when it changes', async (what, { committed: db }) => {
	const ids = await makePages(db);
	const shown = () => Promise.all(Object.values(pages).map(async ({ read }) => JSON.stringify(await read(db))));
	const before = await shown();
	await db.deleteFrom('page_change').execute();
	await changes[what]!(db, ids);
	const noted = (await db.selectFrom('page_change').select('subject').execute()).map(({ subject }) => subject);
	const after = await shown();
	const changed = Object.entries(pages).filter((_, index) => before[index] !== after[index]);
	expect(changed).not.toEqual([]);
	for (const [name, { asked }] of changed)
		expect(
			hangsOn(asked).some((subject) => noted.includes(subject)),
			`${name} hangs on ${what}`
		).toBe(true);
	// Only a paper's own page shows what is similar to it, and no list.
	if (what !== 'what is similar') expect(noted).toContain('all');
});

test('a route that is not known hangs on anything', () => {
	expect(hangsOn({ route: { id: null }, params: {} })).toEqual(['all']);
	expect(hangsOn({ route: { id: '/papers/[...key]' }, params: { key: 'no-key' } })).toEqual(['all']);
	expect(hangsOn({ route: { id: '/' }, params: {} })).toEqual(['all']);
	const similar = { route: { id: '/papers/[...key]/similar' }, params: { key: '2401.00001' } };
	expect(hangsOn(similar)).toEqual(['all']);
});
