import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { similarOf } from './similar/kept.ts';
import { areSimilarToFind, findSimilar } from './similar.jobs.ts';

const today = new Date().toISOString().slice(0, 10);

async function makePapers(db: Db) {
	const masked = await makePaper(db, { title: 'Masked autoencoders', abstract: 'Patches.', announced: today });
	const patches = await makePaper(db, { title: 'Patches of autoencoders', abstract: 'Masked.' });
	const proteins = await makePaper(db, { title: 'Proteins', abstract: 'Folding.' });
	await countWords(db);
	return [masked.id, patches.id, proteins.id] as [number, number, number];
}

async function shown(db: Db, id: number) {
	const similar = await similarOf(db, id);
	return similar && similar.map(({ paper, why }) => [paper.id, why]);
}

const kept = (db: Db) =>
	db.selectFrom('similar_papers').select(['paper_id', 'found_at', 'find_again_at']).orderBy('paper_id').execute();

/** Each of its looks is counted; it says stop at the given one. */
const stoppedAt = (look: number) => {
	let looks = 0;
	return {
		get aborted() {
			return (looks += 1) >= look;
		}
	} as AbortSignal;
};

test('what is similar to each paper is found once, and then there is nothing to do', async ({ db }) => {
	const [masked, patches, proteins] = await makePapers(db);
	expect(await shown(db, masked)).toBeNull();
	expect(await areSimilarToFind(db)).toBe(true);
	expect(await findSimilar(db)).toEqual({ more: false });
	expect(await shown(db, masked)).toEqual([[patches, 'Shares autoencoders, masked, patches']]);
	expect(await shown(db, proteins)).toEqual([]);
	expect(await areSimilarToFind(db)).toBe(false);
	// By the command that wrote it: all are of one transaction.
	const written = async () => [
		await sql`select ctid, * from similar_papers order by 1`.execute(db),
		await sql`select ctid, * from search_progress order by 1`.execute(db)
	];
	const before = await written();
	expect(await findSimilar(db)).toEqual({ more: false });
	expect(await written()).toEqual(before);
});

test('the newest papers come first, and a run that is cut off is gone on with', async ({ db }) => {
	const [masked, patches, proteins] = await makePapers(db);
	expect(await findSimilar(db, {}, stoppedAt(3))).toEqual({ more: true });
	expect((await kept(db)).map(({ paper_id }) => paper_id)).toEqual([patches, proteins]);
	expect(await areSimilarToFind(db)).toBe(true);
	await findSimilar(db);
	expect(await shown(db, masked)).toHaveLength(1);
});

test('a paper that comes later is looked at when its words are counted', async ({ db }) => {
	await makePapers(db);
	await findSimilar(db);
	const { id } = await makePaper(db, { title: 'Masked patches', abstract: 'Autoencoders.' });
	expect(await areSimilarToFind(db)).toBe(false);
	expect(await findSimilar(db)).toEqual({ more: false });
	expect(await shown(db, id)).toBeNull();
	await countWords(db);
	expect(await areSimilarToFind(db)).toBe(true);
	await findSimilar(db);
	expect(await shown(db, id)).toHaveLength(2);
});

test('a paper without words is looked at when it has some', async ({ db }) => {
	const [masked] = await makePapers(db);
	const kept = await sql<{ row: string }>`
		delete from paper_words where paper_id = ${masked} returning to_json(paper_words)::text as row`.execute(db);
	await findSimilar(db);
	expect(await shown(db, masked)).toBeNull();
	expect(await areSimilarToFind(db)).toBe(false);
	await sql`insert into paper_words select * from json_populate_record(null::paper_words, ${kept.rows[0]!.row})`.execute(
		db
	);
	await findSimilar(db);
	expect(await shown(db, masked)).toHaveLength(1);
});

test('of a new paper it is found again after a month, of an old one never, and of a changed one at once', async ({
	db
}) => {
	const [masked, patches] = await makePapers(db);
	await findSimilar(db);
	const [first, second] = await kept(db);
	const days = (first!.find_again_at!.getTime() - first!.found_at.getTime()) / 86_400_000;
	expect(days).toBeCloseTo(30, 0);
	expect(second!.find_again_at).toBeNull();
	await sql`update similar_papers set reasons = array['Stale'] where paper_id in (${masked}, ${patches})`.execute(db);
	expect(await areSimilarToFind(db)).toBe(false);
	await sql`update similar_papers set find_again_at = now() - interval '1 day' where paper_id = ${masked}`.execute(db);
	expect(await areSimilarToFind(db)).toBe(true);
	await findSimilar(db);
	expect(await shown(db, masked)).toEqual([[patches, 'Shares autoencoders, masked, patches']]);
	expect(await shown(db, patches)).toEqual([[masked, 'Stale']]);
	await db.updateTable('paper').set({ title: 'Folding patches' }).where('id', '=', patches).execute();
	expect(await areSimilarToFind(db)).toBe(true);
	await findSimilar(db);
	expect(await shown(db, patches)).not.toEqual([[masked, 'Stale']]);
	expect(await areSimilarToFind(db)).toBe(false);
});

test('a similar paper that was deleted is shown no more', async ({ db }) => {
	const [masked, patches] = await makePapers(db);
	await findSimilar(db);
	await db.deleteFrom('paper').where('id', '=', patches).execute();
	expect(await shown(db, masked)).toEqual([]);
});

test('a table that was emptied is filled again', async ({ db }) => {
	await makePapers(db);
	await findSimilar(db);
	await sql`delete from similar_papers`.execute(db);
	expect(await areSimilarToFind(db)).toBe(true);
	await findSimilar(db);
	expect(await kept(db)).toHaveLength(3);
});
