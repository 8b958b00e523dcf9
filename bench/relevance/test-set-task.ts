import type { Db } from '#server/db/database.ts';
import { progressOf } from '../progress.ts';
import { firstFound } from './asking.ts';
import { mean, ndcg10 } from './ndcg.ts';
import { takeDocuments } from './take-documents.ts';
import { settle } from './settle.ts';
import type { TestSet } from './test-set.ts';
import { textbookOf } from './textbook.ts';

export interface Answered {
	/** nDCG over the first ten, the mean of all questions. */
	ndcg10: number;
	textbook: number;
	questions: number;
	/** Questions that were answered better than by the textbook, and worse. */
	better: number;
	worse: number;
}

/** Asks an empty database with a test set's documents its first questions, all unless told how many; and the textbook. */
export async function answered(db: Db, { documents, questions, judged }: TestSet, most = Infinity): Promise<Answered> {
	const documentOf = await takeDocuments(db, documents);
	await settle(db);
	const textbook = textbookOf(documents);
	const asked = questions.slice(0, most);
	const tell = progressOf('questions', asked.length);
	const pairs: { ours: number; theirs: number }[] = [];
	for (const { id, text } of asked) {
		const ours = (await firstFound(db, text, 10)).map((key) => documentOf.get(key)!);
		pairs.push({ ours: ndcg10(ours, judged.get(id)!), theirs: ndcg10(textbook(text), judged.get(id)!) });
		tell(pairs.length);
	}
	return {
		ndcg10: mean(pairs.map(({ ours }) => ours)),
		textbook: mean(pairs.map(({ theirs }) => theirs)),
		questions: pairs.length,
		better: pairs.filter(({ ours, theirs }) => ours > theirs).length,
		worse: pairs.filter(({ ours, theirs }) => ours < theirs).length
	};
}
