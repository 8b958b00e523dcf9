import type { RankedPaper } from './rank.ts';

/** How much nearness in meaning counts beside words, each from 0 to 1 over the papers that were found. */
const MEANING = 0.5;
/** So many papers without a word of the query are added at most. */
const MOST_ADDED = 20;
/** Who rose by fewer places was not moved by meaning to speak of. */
const PLACES = 3;

export interface Order {
	ids: number[];
	/** Those that meaning brought here or moved up. */
	moved: Set<number>;
}

/**
 * The order of papers ranked by words, the best first, with their nearness in meaning (cosines) counted too: the weighted sum of
 * both, each stretched from its least to its most (Fox and Shaw, TREC-2). Papers without a nearness count as the least near.
 */
export function fused(
	ranked: readonly Pick<RankedPaper, 'id' | 'score'>[],
	nearness: ReadonlyMap<number, number>
): Order {
	const words = stretched(new Map(ranked.map(({ id, score }) => [id, score])));
	const meaning = stretched(nearness);
	const added = [...nearness.keys()].filter((id) => !words.has(id)).sort((a, b) => nearness.get(b)! - nearness.get(a)!);
	const all = [...words.keys(), ...added.slice(0, MOST_ADDED)];
	const worth = (id: number) => (words.get(id) ?? 0) + MEANING * (meaning.get(id) ?? 0);
	const ids = all.toSorted((one, other) => worth(other) - worth(one));
	const before = new Map(all.map((id, place) => [id, place]));
	return { ids, moved: new Set(ids.filter((id, place) => !words.has(id) || before.get(id)! - place >= PLACES)) };
}

function stretched(scores: ReadonlyMap<number, number>): Map<number, number> {
	const values = [...scores.values()];
	const [least, most] = [Math.min(...values), Math.max(...values)];
	return new Map([...scores].map(([id, score]) => [id, most > least ? (score - least) / (most - least) : 0]));
}
