import { sql } from 'kysely';
import { atomically, type Db } from '#server/db/database.ts';
import { fillPapers } from '#server/papers/fill-papers.ts';
import { Refused } from '#server/refused.ts';
import { isDay, isWeekend, weekdayName } from './day.ts';
import type { EditionRecord, FeatureRecord } from './edition-record.ts';

/** What is featured here, by hand. */
export const ourSource = 'editor';

/** What a record did. */
export type Outcome = 'new' | 'changed' | 'unchanged';

export interface NewFeature {
	day: string;
	key: string;
	/** Where on the page; null leaves it to votes. */
	place: number | null;
	now: Date;
}

/** Features a paper on a day, or moves it there to another place. Refuses a day without an edition and an unknown paper. */
export async function featurePaper(db: Db, { day, key, place, now }: NewFeature): Promise<void> {
	refuseWithoutEdition(day);
	await atomically(db, async (tx) => {
		const paper = await tx.selectFrom('paper').select('id').where('key', '=', key).executeTakeFirst();
		if (!paper) throw new Refused('not_found', `${key} is not among the papers here; import it first.`);
		await openEditions(tx, [day]);
		await tx
			.insertInto('edition_paper')
			.values({ day, paper_id: paper.id, place, source: ourSource, featured_at: now })
			.onConflict((conflict) => conflict.columns(['day', 'paper_id']).doUpdateSet({ place }))
			.execute();
	});
}

/** Takes a paper off a day's edition, and tells whether it was there. */
export async function unfeaturePaper(db: Db, { day, key }: { day: string; key: string }): Promise<boolean> {
	const gone = await db
		.deleteFrom('edition_paper')
		.where('day', '=', day)
		.where('paper_id', '=', (eb) => eb.selectFrom('paper').select('id').where('key', '=', key))
		.executeTakeFirst();
	return gone.numDeletedRows > 0n;
}

/**
 * Takes down what a source featured, each paper once a day, and tells what each entry did, or that its paper is unknown.
 * Votes and place are the source's latest; what our editor decided stays, and so does an entry of another source. Organisation and links fill
 * what the paper does not say itself.
 */
export async function featurePapers(
	db: Db,
	{ records, now }: Recorded<FeatureRecord>
): Promise<(Outcome | 'unknown')[]> {
	return atomically(db, async (tx) => {
		const filled = await fillPapers(tx, { hints: records, now });
		const ids = await paperIds(tx, records);
		const known = records.filter(({ key }) => ids.has(key));
		await openEditions(
			tx,
			known.map(({ day }) => day)
		);
		const written = await writeEntries(tx, known, { ids, now });
		return records.map((record) => {
			if (!ids.has(record.key)) return 'unknown';
			return (
				written.get(entryKey(record.day, ids.get(record.key)!)) ?? (filled.has(record.key) ? 'changed' : 'unchanged')
			);
		});
	});
}

/** Takes down what is said of whole editions, each day once, and tells what each record did. */
export async function describeEditions(db: Db, records: readonly EditionRecord[]): Promise<Outcome[]> {
	const rows = records.map(({ day, note, announcedIsSample, isSample }) => ({
		day,
		note,
		announced_is_sample: announcedIsSample,
		is_sample: isSample
	}));
	const written = await sql<{ day: string; is_new: boolean }>`
		insert into edition (day, note, announced_is_sample, is_sample)
		select day, note, announced_is_sample, is_sample from json_populate_recordset(null::edition, ${JSON.stringify(rows)})
		on conflict (day) do update set
			note = excluded.note, announced_is_sample = excluded.announced_is_sample, is_sample = excluded.is_sample,
			announced_when_said = edition.announced
		where (edition.note, edition.announced_is_sample, edition.is_sample)
			is distinct from (excluded.note, excluded.announced_is_sample, excluded.is_sample)
		returning day, xmax = 0 as is_new`.execute(db);
	const isNew = new Map(written.rows.map((row) => [row.day, row.is_new]));
	return records.map(({ day }) => (!isNew.has(day) ? 'unchanged' : isNew.get(day) ? 'new' : 'changed'));
}

interface Recorded<T> {
	records: readonly T[];
	now: Date;
}

function refuseWithoutEdition(day: string) {
	if (!isDay(day)) throw new Refused('invalid', `“${day.slice(0, 40)}” is not a day; one looks like 2026-04-16.`);
	if (isWeekend(day))
		throw new Refused('invalid', `There is no edition on a ${weekdayName(day)}; choose a day from Monday to Friday.`);
}

async function openEditions(tx: Db, days: readonly string[]) {
	await sql`insert into edition (day) select distinct day from unnest(${days}::date[]) as day
		on conflict do nothing`.execute(tx);
}

async function paperIds(tx: Db, records: readonly FeatureRecord[]) {
	const keys = records.map(({ key }) => key);
	const rows = await tx
		.selectFrom('paper')
		.select(['id', 'key'])
		.where('key', '=', sql<string>`any(${keys}::text[])`)
		.execute();
	return new Map(rows.map(({ id, key }) => [key, id]));
}

async function writeEntries(
	tx: Db,
	records: readonly FeatureRecord[],
	{ ids, now }: { ids: Map<string, number>; now: Date }
) {
	const rows = records.map(({ day, key, source, sourcePlace, votes, submitter }) => ({
		day,
		paper_id: ids.get(key),
		source,
		source_place: sourcePlace,
		votes_at_source: votes,
		submitter_at_source: submitter,
		featured_at: now
	}));
	const written = await sql<{ day: string; paper_id: number; is_new: boolean }>`
		insert into edition_paper as entry
			(day, paper_id, source, source_place, votes_at_source, submitter_at_source, featured_at)
		select day, paper_id, source, source_place, votes_at_source, submitter_at_source, featured_at
		from json_populate_recordset(null::edition_paper, ${JSON.stringify(rows)})
		on conflict (day, paper_id) do update set
			source = excluded.source,
			source_place = excluded.source_place,
			votes_at_source = coalesce(excluded.votes_at_source, entry.votes_at_source),
			submitter_at_source = coalesce(excluded.submitter_at_source, entry.submitter_at_source)
		where entry.source in (excluded.source, ${ourSource}) and
			(entry.source, entry.source_place, entry.votes_at_source, entry.submitter_at_source) is distinct from (
				excluded.source,
				excluded.source_place,
				coalesce(excluded.votes_at_source, entry.votes_at_source),
				coalesce(excluded.submitter_at_source, entry.submitter_at_source))
		returning day, paper_id, xmax = 0 as is_new`.execute(tx);
	return new Map(written.rows.map((row) => [entryKey(row.day, row.paper_id), row.is_new ? 'new' : 'changed'] as const));
}

function entryKey(day: string, paperId: number) {
	return `${day} ${paperId}`;
}
