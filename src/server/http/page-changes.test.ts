import { setTimeout as pause } from 'node:timers/promises';
import { type Insertable, sql } from 'kysely';
import { expect, onTestFinished, vi } from 'vitest';
import type { Db } from '#server/db/database.ts';
import type { DB } from '#server/db/schema.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper, makeRecord } from '#server/papers/make.ts';
import { recordPapers } from '#server/papers/record-papers.ts';
import { isContinued, readPageChanges, removeOldPageChanges } from './page-change-rows.ts';
import { watchPageChanges } from './page-changes.ts';
import { openedAs } from './test-pools.ts';

/** What is noted while something is done. */
async function noted(db: Db, work: () => Promise<unknown>) {
	await db.deleteFrom('page_change').execute();
	await work();
	const rows = await db.selectFrom('page_change').select('subject').distinct().orderBy('subject').execute();
	return rows.map(({ subject }) => subject);
}

const note = (db: Db, subject: string, xact: bigint) =>
	sql`insert into page_change (subject, xact) values (${subject}, ${String(xact)}::xid8)`.execute(db);

const feature = (db: Db, fields: Pick<Insertable<DB['edition_paper']>, 'day' | 'paper_id'>) =>
	db
		.insertInto('edition_paper')
		.values({ source: 'test', featured_at: new Date(), ...fields })
		.execute();

async function featuredPaper(db: Db) {
	const paper = await makePaper(db, { key: '2401.00001', announced: '2026-04-16' });
	await db
		.insertInto('edition')
		.values({ day: '2026-04-17' })
		.onConflict((c) => c.doNothing())
		.execute();
	await feature(db, { day: '2026-04-17', paper_id: paper.id });
	return paper;
}

test('a new paper is noted in lists and in the counts of its day, and not by itself', async ({ committed: db }) => {
	expect(await noted(db, () => makePaper(db, { key: '2401.00001', announced: '2026-04-16' }))).toEqual([
		'all',
		'editions'
	]);
	expect(await noted(db, () => makePaper(db, { key: '2401.00002' }))).toEqual(['all']);
});

test('a change of a paper, of its authors, or of its versions is noted where the paper is shown', async ({
	committed: db
}) => {
	const { id } = await featuredPaper(db);
	const shown = ['all', 'edition:2026-04-16', 'edition:2026-04-17', 'paper:2401.00001'];
	expect(await noted(db, () => db.updateTable('paper').set({ title: 'Other' }).where('id', '=', id).execute())).toEqual(
		shown
	);
	const author = { paper_id: id, position: 1, name: 'Ada', name_key: 'ada' };
	const rename = () => db.updateTable('paper_author').set({ name: 'Eve' }).where('paper_id', '=', id).execute();
	expect(await noted(db, () => db.insertInto('paper_author').values(author).execute())).toEqual(shown);
	expect(await noted(db, rename)).toEqual(shown);
	expect(await noted(db, () => db.deleteFrom('paper_author').execute())).toEqual(shown);
	const version = { paper_id: id, version: 2, seen_at: new Date() };
	expect(await noted(db, () => db.insertInto('paper_version').values(version).execute())).toEqual(shown);
	const change = { paper_id: id, field: 'title', before: 'Once', seen_at: new Date() };
	expect(await noted(db, () => db.insertInto('paper_change').values(change).execute())).toEqual(shown);
	expect(await noted(db, () => db.deleteFrom('paper').where('id', '=', id).execute())).toEqual([
		'all',
		'edition:2026-04-17',
		'editions',
		'featured',
		'paper:2401.00001'
	]);
});

test('a new version that is taken in is noted where the paper is shown', async ({ committed: db }) => {
	const lines = (version: number) =>
		makeRecord({ id: '2401.00001', title: `Version ${version}`, version, authors: ['Ada'] });
	await recordPapers(db, { records: [lines(1)], now: new Date() });
	expect(await noted(db, () => recordPapers(db, { records: [lines(2)], now: new Date() }))).toEqual([
		'all',
		'paper:2401.00001'
	]);
});

test('featuring is noted in the edition, its counts, and the places of the featured', async ({ committed: db }) => {
	const { id } = await featuredPaper(db);
	await db.insertInto('edition').values({ day: '2026-04-20' }).execute();
	expect(await noted(db, () => feature(db, { day: '2026-04-20', paper_id: id }))).toEqual([
		'all',
		'edition:2026-04-20',
		'editions',
		'featured'
	]);
	const place = () => db.updateTable('edition_paper').set({ place: 1 }).where('day', '=', '2026-04-20').execute();
	expect(await noted(db, place)).toEqual(['all', 'edition:2026-04-20', 'featured']);
	const note = () => db.updateTable('edition').set({ note: 'A note' }).where('day', '=', '2026-04-20').execute();
	expect(await noted(db, note)).toEqual(['all', 'editions']);
});

test('what changes much at once, or another name of an organisation, is noted as everything', async ({
	committed: db
}) => {
	const records = Array.from({ length: 201 }, (_, index) =>
		makeRecord({ id: `2401.${String(index + 1).padStart(5, '0')}` })
	);
	expect(await noted(db, () => recordPapers(db, { records, now: new Date() }))).toEqual(['all']);
	expect(await noted(db, () => db.updateTable('paper').set({ comment: 'New' }).execute())).toEqual([
		'all',
		'everything'
	]);
	const organisation = { handle: 'lab', name: 'Lab' };
	expect(await noted(db, () => db.insertInto('organisation').values(organisation).execute())).toEqual(['all']);
	expect(await noted(db, () => db.updateTable('organisation').set({ name: 'Other' }).execute())).toEqual([
		'all',
		'everything'
	]);
});

test('what was found to be similar is noted for the page of its paper alone, and only when it is something else', async ({
	committed: db
}) => {
	const { id: paper_id } = await featuredPaper(db);
	const found = { similar_ids: [7], reasons: ['Shares masks'], found_at: new Date() };
	const find = (fields: Partial<typeof found>) =>
		db
			.insertInto('similar_papers')
			.values({ paper_id, ...found, ...fields })
			.onConflict((conflict) => conflict.column('paper_id').doUpdateSet({ ...found, ...fields }))
			.execute();
	expect(await noted(db, () => find({}))).toEqual(['paper:2401.00001']);
	expect(await noted(db, () => find({ found_at: new Date('2026-01-01') }))).toEqual([]);
	expect(await noted(db, () => find({ similar_ids: [8] }))).toEqual(['paper:2401.00001']);
	expect(await noted(db, () => find({ similar_ids: [], reasons: [] }))).toEqual(['paper:2401.00001']);
});

test('a statement that changes nothing notes nothing', async ({ committed: db }) => {
	const nobody = () => db.updateTable('paper').set({ title: 'Other' }).where('key', '=', '2401.09999').execute();
	expect(await noted(db, nobody)).toEqual([]);
	expect(await noted(db, () => db.deleteFrom('organisation').execute())).toEqual([]);
});

test('what a transaction noted that was open at the last look is read at the next', async ({ committed: db }) => {
	const { position } = await readPageChanges(db, null);
	expect((await readPageChanges(db, position)).changes).toEqual([]);
	await note(db, 'late', BigInt(position.horizon));
	await note(db, 'seen', BigInt(position.horizon) - 1n);
	const { last } = (await readPageChanges(db, null)).position;
	const found = await readPageChanges(db, { ...position, last });
	expect(found.changes.map(([, subject]) => subject)).toEqual(['late']);
});

test('what is noted below the horizon, by a number that was given out again after a crash, is read too', async ({
	committed: db
}) => {
	await note(db, 'before', 1n);
	const { position } = await readPageChanges(db, null);
	await note(db, 'after', BigInt(position.horizon) - 1n);
	const found = await readPageChanges(db, position);
	expect(found.changes.map(([, subject]) => subject)).toEqual(['after']);
	expect((await readPageChanges(db, found.position)).changes).toEqual([]);
});

const at = { server: '1764000000.000001', horizon: '1000', last: '7' };

test.for([
	['the same place', at, true],
	['a later place', { ...at, horizon: '10000', last: '9' }, true],
	['rows that have been removed', { ...at, last: '0' }, true],
	['a horizon that ran back', { ...at, horizon: '999' }, false],
	['another server', { ...at, server: '1764000000.000002', horizon: '2000' }, false]
] as const)('%s: continued? %s', ([, to, continued]) => expect(isContinued(at, to)).toBe(continued));

test('a change that is committed after a later one has been seen is read too', async ({ committed: db }) => {
	const others = await openedAs('another process');
	const { position } = await readPageChanges(db, null);
	const slow = await others.startTransaction().execute();
	await slow.insertInto('page_change').values({ subject: 'late' }).execute();
	// A server answers meanwhile; the embedded database when the transaction is over.
	const meanwhile = db
		.insertInto('page_change')
		.values({ subject: 'early' })
		.execute()
		.then(() => readPageChanges(db, position));
	await pause(200);
	await slow.commit().execute();
	const first = await meanwhile;
	const second = await readPageChanges(db, first.position);
	const seen = [...first.changes, ...second.changes].map(([, subject]) => subject);
	expect([...new Set(seen)].toSorted()).toEqual(['early', 'late']);
});

test('rows are kept for an hour', async ({ committed: db }) => {
	for (const age of ['59 minutes', '61 minutes'])
		await sql`insert into page_change (subject, at) values (${age}, now() - ${age}::interval)`.execute(db);
	await removeOldPageChanges(db);
	expect(await db.selectFrom('page_change').select('subject').execute()).toEqual([{ subject: '59 minutes' }]);
});

/** A watch over a clock that the test sets; what it tells, and whether its database can be reached. */
function watch(db: Db) {
	let now = 0;
	const told: string[] = [];
	const listener = {
		changed: (subjects: ReadonlySet<string>) => void told.push([...subjects].toSorted().join()),
		lost: () => void told.push('lost')
	};
	const changes = watchPageChanges(db, listener, { clock: () => now, longestWait: 10_000 });
	const look = async (at: number) => {
		now = at;
		await changes.becomeCurrent();
	};
	return { told, look, changes };
}

test('who has not looked for half an hour forgets what was kept, and is told each change once', async ({
	committed: db
}) => {
	const { told, look } = watch(db);
	await look(0);
	const { horizon } = (await readPageChanges(db, null)).position;
	await note(db, 'open', BigInt(horizon) + 1000n);
	await look(249);
	expect(told).toEqual([]);
	await look(250);
	await look(500);
	await look(1_800_000);
	expect(told).toEqual(['open']);
	await look(3_600_001);
	expect(told).toEqual(['open', 'lost']);
	await look(3_600_500);
	expect(told).toEqual(['open', 'lost']);
});

test('while nothing can be read for an hour what was kept stays, it is said once, and it goes when reading works again', async ({
	committed: db
}) => {
	const { told, look, changes } = watch(db);
	await look(0);
	const lines: string[] = [];
	const written = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
	onTestFinished(() => written.mockRestore());
	await sql`alter table page_change rename to page_change_elsewhere`.execute(db);
	try {
		for (let minute = 1; minute <= 60; minute += 1) {
			await look(minute * 60_000);
			// One that was away is looked for beside the visitors.
			await vi.waitFor(() => expect(changes.isAway).toBe(true));
			await sql`select`.execute(db);
		}
	} finally {
		await sql`alter table page_change_elsewhere rename to page_change`.execute(db);
	}
	expect(told).toEqual([]);
	await expect
		.poll(() =>
			look(3_700_000)
				.then(() => look(3_700_500))
				.then(() => told)
		)
		.toEqual(['lost']);
	const said = lines.map((line) => (JSON.parse(line) as { message: string }).message);
	expect(said).toEqual(['What changed cannot be read', 'What changed is read again']);
});
