import type { Db } from '#server/db/database.ts';
import type { PaperRecord } from './paper-record.ts';
import { recordPapers } from './record-papers.ts';

let made = 0;

/** A paper for a test, with defaults that make it whole. Returns its number and its key. */
export async function makePaper(db: Db, given: Partial<PaperRecord> = {}) {
	made += 1;
	const record: PaperRecord = {
		key: `2601.${String(made).padStart(5, '0')}`,
		title: `Paper ${made}`,
		abstract: 'We study papers. They are many.',
		authors: ['Ada Lovelace'],
		authorCount: null,
		categories: ['cs.CV'],
		published: '2026-01-30',
		updated: null,
		announced: null,
		version: null,
		submitted: [],
		comment: null,
		journalRef: null,
		doi: null,
		licence: null,
		organisation: null,
		code: null,
		project: null,
		withdrawn: null,
		source: 'test',
		...given
	};
	await recordPapers(db, { records: [record], now: new Date('2026-02-01T00:00:00Z') });
	return db.selectFrom('paper').select(['id', 'key']).where('key', '=', record.key).executeTakeFirstOrThrow();
}
