import type { Db } from '#server/db/database.ts';
import { type PaperRecord, paperRecordOf } from './paper-record.ts';
import { recordPapers } from './record-papers.ts';

const now = new Date('2026-02-01T12:00:00Z');
let made = 0;

/** A paper in the database with what the test names; each has a key of its own. Gives its row. */
export async function makePaper(db: Db, fields: Partial<PaperRecord> = {}) {
	made += 1;
	const record = makeRecord({
		id: `2601.${String(made).padStart(5, '0')}`,
		categories: ['cs.CV'],
		published: '2026-01-30',
		source: 'test'
	});
	await recordPapers(db, { records: [{ ...record, ...fields }], now });
	const { key } = { ...record, ...fields };
	return db.selectFrom('paper').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
}

/** A record as it is read from a line of a file, with that line's fields: `makeRecord({ versions: 2, license: '…' })`. */
export function makeRecord(fields: Record<string, unknown> = {}): PaperRecord {
	return paperRecordOf({ id: '2603.06640', title: 'A title', abstract: 'We prove it.', source: 'listing', ...fields });
}
