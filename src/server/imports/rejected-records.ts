import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { Line } from './lines.ts';

/** How much is kept of what a record was. */
const characters = 4_000;
/** A file that is something else altogether does not fill the database; its further lines are only counted. */
const mostOfAFile = 10_000;

/** Rows that are read at once: each may hold 4,000 characters of a record. */
const page = 1_000;

/** Where and why the last import of each file could not take a record, in order. */
export function rejectedReasons(db: Db) {
	return rowByRow((after) => rejectedAfter(db, after).select(['file', 'line', 'reason']).execute());
}

/** The same, with what the record was. */
export function rejectedRecords(db: Db) {
	return rowByRow((after) =>
		rejectedAfter(db, after).select(['file', 'line', 'reason', 'record', 'rejected_at']).execute()
	);
}

interface Place {
	file: string;
	line: number;
}

function rejectedAfter(db: Db, { file, line }: Place) {
	return db
		.selectFrom('rejected_record')
		.where((eb) => eb(eb.refTuple('file', 'line'), '>', eb.tuple(file, line)))
		.orderBy('file')
		.orderBy('line')
		.limit(page);
}

/** No file has an empty name, so all come after it. */
async function* rowByRow<Row extends Place>(pageAfter: (place: Place) => Promise<Row[]>) {
	for (let place: Place | undefined = { file: '', line: 0 }; place;) {
		const rows: Row[] = await pageAfter(place);
		yield* rows;
		place = rows.at(-1);
	}
}

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
		reason: storable(reason),
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
	return storable(bytes.subarray(0, characters * 4).toString('utf8'));
}

/** A reason quotes the line, so it may hold what PostgreSQL does not take as well. */
function storable(text: string) {
	return text.slice(0, characters).toWellFormed().replaceAll('\0', '\u2400');
}
