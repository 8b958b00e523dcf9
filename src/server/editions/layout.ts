/** The papers of an edition, dealt out by rank: the lead, the front page beside it, the second rank, and the rest in brief. */
export interface Layout<Paper> {
	lead: Paper | null;
	front: Paper[];
	/** Columns, each read downwards. */
	second: Paper[][];
	brief: Paper[][];
}

const FRONT = 3;
const SECOND = 6;

/**
 * Deals out papers that stand in their order. A rank that would hold a single paper is not opened: that paper joins the
 * rank before it.
 */
export function layoutOf<Paper>(papers: readonly Paper[]): Layout<Paper> {
	const [lead = null, ...rest] = papers;
	const front = rest.slice(0, rest.length === FRONT + 1 ? FRONT + 1 : FRONT);
	const afterFront = rest.slice(front.length);
	const second = afterFront.slice(0, SECOND);
	return { lead, front, second: columns(second, 3), brief: columns(afterFront.slice(SECOND), 2) };
}

/** Splits a list into at most `count` columns of nearly equal length, the first ones longer. */
export function columns<Paper>(papers: readonly Paper[], count: number): Paper[][] {
	const dealt: Paper[][] = [];
	let start = 0;
	for (let left = Math.min(count, papers.length); left > 0; left -= 1) {
		const length = Math.ceil((papers.length - start) / left);
		dealt.push(papers.slice(start, start + length));
		start += length;
	}
	return dealt;
}
