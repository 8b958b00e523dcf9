/** What each signal counts in the order of results. */
export interface Weights {
	/** How soon more of the same word stops counting (BM25's k1). */
	saturation: number;
	/** How far a long title, a long abstract makes its words count less (BM25's b): 0 not at all, 1 in full. */
	titleLength: number;
	abstractLength: number;
	/** A word in the title, in words of the abstract. */
	title: number;
	/** A word that is put together or a part of one, in words that stand as they are. */
	compound: number;
	/** A word of an author's name, in words of the abstract. */
	author: number;
	/** What is asked for put together (`k-means`: kmeans), in parts (`MaskNet`: mask, net), or as two neighbours in one (`pre training`: pretraining), against a word as it was typed. */
	joined: number;
	part: number;
	neighbours: number;
	/** Two neighbours of the query that are neighbours in the text, in the order asked. */
	adjacent: number;
	/** How much of the title was asked for. */
	titleShare: number;
	/** What the best papers have in common, where no vectors are learned yet: how much it counts, of how many papers, of how many words. */
	feedback: number;
	feedbackPapers: number;
	feedbackWords: number;
	/** How near the whole text is in meaning. */
	meaning: number;
}

export const WEIGHTS: Weights = {
	saturation: 1.6,
	titleLength: 0.3,
	abstractLength: 0.7,
	title: 2.5,
	compound: 0.3,
	author: 3,
	joined: 0.6,
	part: 0.4,
	neighbours: 0.3,
	adjacent: 0.2,
	titleShare: 0.2,
	feedback: 0.3,
	feedbackPapers: 8,
	feedbackWords: 30,
	meaning: 0.6
};
