import { rarityOf } from '../rank/asked-words.ts';

/** Papers as rows over the most frequent stems: how often each is there, by its rarity, each row of length 1. */
export interface PaperMatrix {
	stems: string[];
	rarity: Float32Array;
	/** Where each row begins in `columns` and `values`; one more at the end. */
	starts: Int32Array;
	columns: Int32Array;
	values: Float32Array;
}

/** Fewer papers with a word than this say little of what it means. */
const FEWEST_PAPERS = 3;

export function paperMatrix(papers: readonly (readonly string[])[], mostStems: number): PaperMatrix {
	const { stems, rarity, size } = frequentStems(papers, mostStems);
	const columnOf = new Map(stems.map((stem, column) => [stem, column]));
	const matrix = {
		stems,
		rarity,
		starts: new Int32Array(papers.length + 1),
		columns: new Int32Array(size),
		values: new Float32Array(size)
	};
	for (const [number, paper] of papers.entries()) fillRow(matrix, number, timesOf(paper, columnOf));
	return matrix;
}

function frequentStems(papers: readonly (readonly string[])[], most: number) {
	const papersWith = new Map<string, number>();
	for (const paper of papers) for (const stem of new Set(paper)) papersWith.set(stem, (papersWith.get(stem) ?? 0) + 1);
	const frequent = [...papersWith]
		.filter(([, count]) => count >= FEWEST_PAPERS)
		.sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
		.slice(0, most);
	return {
		stems: frequent.map(([stem]) => stem),
		rarity: Float32Array.from(frequent, ([, count]) => rarityOf(count, papers.length)),
		size: frequent.reduce((sum, [, count]) => sum + count, 0)
	};
}

function timesOf(paper: readonly string[], columnOf: ReadonlyMap<string, number>) {
	const times = new Map<number, number>();
	for (const stem of paper) {
		const column = columnOf.get(stem);
		if (column !== undefined) times.set(column, (times.get(column) ?? 0) + 1);
	}
	return times;
}

function fillRow({ rarity, starts, columns, values }: PaperMatrix, number: number, row: ReadonlyMap<number, number>) {
	let at = starts[number]!;
	let square = 0;
	for (const [column, times] of row) {
		columns[at] = column;
		values[at] = (1 + Math.log(times)) * rarity[column]!;
		square += values[at++]! ** 2;
	}
	for (let entry = starts[number]!; entry < at; entry++) values[entry]! /= Math.sqrt(square);
	starts[number + 1] = at;
}
