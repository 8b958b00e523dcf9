import type { Db } from '#server/db/database.ts';
import { type PaperRecord, paperRecordOf } from '#server/papers/paper-record.ts';
import { recordPapers } from '#server/papers/record-papers.ts';
import type { TestDocument } from './test-set.ts';

const BATCH = 100;
const now = new Date('2026-02-01T12:00:00Z');

/**
 * Takes a test set's documents in as papers, title as title and text as abstract, by the verb that every source uses. Gives the
 * document of each paper's key, which is made up. A document without a word is left out: no paper can be without (two of Cranfield).
 * Fails if another one is refused, or if one loses or gains a letter or digit on the way.
 */
export async function takeDocuments(db: Db, documents: readonly TestDocument[]) {
	const whole = documents.filter(({ title, text }) => lettersOf(title + text) !== '');
	const byKey = new Map(whole.map((document, at) => [keyAt(at), document]));
	await takeRecords(db, [...byKey].map(recordOf));
	await refuseAltered(db, byKey);
	return new Map([...byKey].map(([key, { id }]) => [key, id]));
}

export async function takeRecords(db: Db, records: readonly PaperRecord[]) {
	for (let from = 0; from < records.length; from += BATCH)
		await recordPapers(db, { records: records.slice(from, from + BATCH), now });
}

/** Of a month that is still far away. */
const keyAt = (at: number) => `9901.${String(at + 1).padStart(5, '0')}`;

function recordOf([key, { title, text }]: [string, TestDocument]) {
	return paperRecordOf({ id: key, title: literal(title), abstract: literal(text), source: 'test set' });
}

/** A record's texts are TeX, a test set's are not: what TeX would read otherwise is written so that it comes out as it was. */
function literal(text: string) {
	const signs: Record<string, string> = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}' };
	return text.replace(/\p{Cc}/gu, ' ').replace(/[\\~${}&]/g, (sign) => signs[sign] ?? `\\${sign}`);
}

async function refuseAltered(db: Db, byKey: ReadonlyMap<string, TestDocument>) {
	const papers = await db.selectFrom('paper').select(['key', 'title', 'abstract']).execute();
	const altered = papers.filter(({ key, title, abstract }) => {
		const document = byKey.get(key);
		return document && lettersOf(title + abstract) !== lettersOf(document.title + document.text);
	});
	if (papers.length >= byKey.size && altered.length === 0) return;
	const keys = altered.slice(0, 5).map(({ key }) => byKey.get(key)!.id);
	throw new Error(`${papers.length} of ${byKey.size} documents taken, ${altered.length} altered: ${keys.join(', ')}`);
}

/** Letters and digits alone. How white space, quotation marks and scripts are set is not what is looked for. */
function lettersOf(text: string) {
	return text.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '');
}
