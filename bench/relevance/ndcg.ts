/**
 * How well a ranking answers a question, from 0 to 1: nDCG over the first ten with linear gain, as trec_eval's `ndcg_cut_10` has it
 * (Järvelin and Kekäläinen 2002). The ideal is over all documents that were judged, also those that cannot be found.
 */
export function ndcg10(ranking: readonly string[], judged: ReadonlyMap<string, number>) {
	const gained = gain(ranking.map((id) => judged.get(id) ?? 0));
	return gained / gain([...judged.values()].toSorted((one, other) => other - one));
}

function gain(relevances: readonly number[]) {
	return relevances.slice(0, 10).reduce((sum, relevance, at) => sum + relevance / Math.log2(at + 2), 0);
}

export function mean(values: readonly number[]) {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
