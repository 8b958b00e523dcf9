import type { Db } from '#server/db/database.ts';
import { progressOf } from '../progress.ts';
import { reciprocalRank } from './asking.ts';
import { openFts5 } from './fts5.ts';
import { KINDS, type KnownItem } from './known-items.ts';
import { mean } from './ndcg.ts';
import { papersIn } from './papers-in.ts';

/** The mean reciprocal rank of what was looked for, 0 where it is not among the first hundred. */
export type KnownFound = Record<(typeof KINDS)[number], number>;

export async function knownFound(db: Db, items: readonly KnownItem[]): Promise<KnownFound> {
	const tell = progressOf('known items', items.length);
	return foundBy(items, async (asked, { key }) => reciprocalRank(db, asked, key), tell);
}

/** On some of them: over 150,000 papers FTS5 takes a third of a second for a sentence. */
export async function knownFoundByFts5(db: Db, items: readonly KnownItem[]): Promise<KnownFound> {
	const fts5 = openFts5();
	for await (const papers of papersIn(db)) fts5.add(papers);
	const found = await foundBy(items, async (asked, { id }) => {
		const rank = fts5.find(asked, 100).indexOf(id) + 1;
		return rank === 0 ? 0 : 1 / rank;
	});
	fts5.close();
	return found;
}

type Rank = (asked: string, item: KnownItem) => Promise<number>;

async function foundBy(
	items: readonly KnownItem[],
	rank: Rank,
	tell: (done: number) => void = () => {}
): Promise<KnownFound> {
	const ranks: KnownFound[] = [];
	for (const item of items) {
		const { a, b, c, d } = item.asked;
		ranks.push({ a: await rank(a, item), b: await rank(b, item), c: await rank(c, item), d: await rank(d, item) });
		tell(ranks.length);
	}
	const over = (kind: keyof KnownFound) => mean(ranks.map((found) => found[kind]));
	return { a: over('a'), b: over('b'), c: over('c'), d: over('d') };
}
