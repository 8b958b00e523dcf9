import type { TestSetName } from './test-set.ts';

/** What others published for Lucene's BM25 on the same set: constants, and not measured in the run. For Cranfield nothing is commonly cited. */
export const PUBLISHED: { set: TestSetName; what: string; ndcg10: number }[] = [
	// castorini/anserini, docs/regressions/regressions-beir-v1.0.0-scifact.flat.md
	{ set: 'scifact', what: 'Lucene by Anserini, title and text as one field', ndcg10: 0.6789 },
	// Thakur et al. 2021, arXiv:2104.08663, table 2
	{ set: 'scifact', what: 'Lucene in the BEIR paper, two fields', ndcg10: 0.665 }
];
