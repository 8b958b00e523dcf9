import type { Db } from '#server/db/database.ts';
import { changesIn, type Outcome } from './paper-changes.ts';
import type { PaperRecord } from './paper-record.ts';
import { besideWhatStands } from './standing-papers.ts';
import { writePapers } from './write-papers.ts';

export interface Taken {
	records: readonly PaperRecord[];
	now: Date;
}

/**
 * Takes down what sources say of papers, one record a paper, and tells what each did. A record that the paper has from its
 * source already costs its share of one select. Titles and abstracts are set before the transaction that writes them, so
 * that it is short; should somebody have changed one of the papers meanwhile, all is read again.
 */
export async function recordPapers(db: Db, { records, now }: Taken): Promise<Outcome[]> {
	for (;;) {
		const changes = await changesIn(await besideWhatStands(db, records), now);
		if (await writePapers(db, { changes, now })) return changes.map(({ outcome }) => outcome);
	}
}
