/**
 * What each signal counts in the order of results. Behind each is what it brings, in the order SciFact's training queries, Cranfield
 * (nDCG@10, in thousandths), seed papers among the first 40: the difference to leaving it out (docs/decisions/0014-how-search-ranks.md).
 */
export const WEIGHTS = {
	/** How soon more of the same word stops counting (BM25's k1): 1.2 to 2 differ by 5 at most. */
	saturation: 1.4,
	/** How far a long title makes its words count less (BM25's b): 0 not at all, 1 in full. +1, +1, -0.3; known papers by a mistyped title +4. */
	titleLength: 0.3,
	/** The same of an abstract. +10, +20, -0.3. */
	abstractLength: 0.7,
	/** A word in the title, in words of the abstract. Against 1: +3, -2, +1.0; known papers by words of the title +44, by author and title +61. */
	title: 4,
	/** A word that is put together or a part of one, in words that stand as they are. +4, 0, +0.2. */
	compound: 0.3,
	/** A word of an author's name, in words of the abstract. Known papers by author and title: .46 to .86. */
	author: 3,
	/** What is asked for put together (`k-means`: kmeans), in words as they were typed. +2, -3, 0: kept for who looks for kmeans. */
	joined: 0.6,
	/** A part of what is asked for (`MaskNet`: mask, net). +3, 0, 0. */
	part: 0.4,
	/** Two neighbours as one (`pre training`: pretraining). -1, 0, 0: kept for who looks for pretraining. */
	neighbours: 0.3,
	/** Two neighbours of the query that are neighbours in the text, in the order asked. +1, +2, 0; known papers by a sentence +31. */
	adjacent: 0.2,
	/** How much of the title was asked for. -2, +2, -0.2; known papers by a mistyped title +9, by author and title +7. */
	titleShare: 0.2,
	/** How near the whole text is in meaning, where vectors are learned. +8, +12, +0.7. */
	meaning: 0.5
};

export type Weights = typeof WEIGHTS;
