import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { Line } from './lines.ts';

/** How much is kept of what a record was. */
const characters = 4_000;
/** A file that is something else altogether does not fill the database; its further lines are only counted. */
const mostOfAFile = 10_000;

/** What the last import of each file could not take, in order. */
export async function rejectedRecords(db: Db) {
	return db
		.selectFrom('rejected_record')
		.select(['file', 'line', 'reason', 'record', 'rejected_at'])
		.orderBy('file')
		.orderBy('line')
		.execute();
}

export type RejectedRecord = Awaited<ReturnType<typeof rejectedRecords>>[number];

export interface RejectedList {
	add(record: { line: Line; reason: string }): void;
	/** Writes what was added since. */
	write(now: Date): Promise<void>;
}

/** Begins a new list for a file: the last run's goes. */
export async function newRejectedList(db: Db, file: string): Promise<RejectedList> {
	await db.deleteFrom('rejected_record').where('file', '=', file).execute();
	let room = mostOfAFile;
	let added: { line: Line; reason: string }[] = [];
	return {
		add(record) {
			if (room-- > 0) added.push(record);
		},
		async write(now) {
			if (added.length > 0) await insertRejected(db, { file, added, now });
			added = [];
		}
	};
}

async function insertRejected(
	db: Db,
	{ file, added, now }: { file: string; added: { line: Line; reason: string }[]; now: Date }
) {
	const rows = added.map(({ line, reason }) => ({
		file,
		line: line.number,
		reason,
		record: shown(line.bytes),
		rejected_at: now
	}));
	await db
		.insertInto('rejected_record')
		.columns(['file', 'line', 'reason', 'record', 'rejected_at'])
		.expression(
			sql`select file, line, reason, record, rejected_at
			from json_populate_recordset(null::rejected_record, ${JSON.stringify(rows)})`
		)
		.onConflict((conflict) => conflict.columns(['file', 'line']).doNothing())
		.execute();
}

/** To be looked at only: bytes that are no UTF-8 become U+FFFD, and NUL, which PostgreSQL does not take, its picture. */
function shown(bytes: Buffer) {
	const text = bytes.subarray(0, characters * 4).toString('utf8');
	return text.slice(0, characters).toWellFormed().replaceAll('\0', '\u2400');
}
