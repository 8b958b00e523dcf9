/** Where stems lie in meaning: near are those that papers use alike. */
export interface WordVectors extends StoredVectors {
	/** A stem's row; undefined where it is too rare to have one. */
	rowOf(stem: string): number | undefined;
}

/** As they are kept. */
export interface StoredVectors {
	dimensions: number;
	stems: readonly string[];
	/** A row of `dimensions` for each stem, from -127 to 127. */
	values: Int8Array;
	/** What a row is multiplied by to get its length: the more, the rarer the stem and the more it tells. */
	scales: Float32Array;
}

export function wordVectors(stored: StoredVectors): WordVectors {
	const rows = new Map(stored.stems.map((stem, row) => [stem, row]));
	return { ...stored, rowOf: (stem) => rows.get(stem) };
}

/** The direction of several stems together, each by its weight: of length 1, or 0 where none has a vector. */
export function directionOf(
	weighted: Iterable<readonly [stem: string, weight: number]>,
	vectors: WordVectors
): Float64Array {
	const sum = new Float64Array(vectors.dimensions);
	for (const [stem, weight] of weighted) {
		const row = vectors.rowOf(stem);
		if (row !== undefined) addRow(sum, row, weight, vectors);
	}
	return ofLengthOne(sum);
}

/** Adds a stem's vector. */
export function addRow(sum: Float64Array, row: number, weight: number, { dimensions, values, scales }: StoredVectors) {
	const factor = weight * scales[row]!;
	const from = row * dimensions;
	for (let at = 0; at < dimensions; at++) sum[at]! += factor * values[from + at]!;
}

export function ofLengthOne(sum: Float64Array): Float64Array {
	let square = 0;
	for (const value of sum) square += value * value;
	return square === 0 ? sum : sum.map((value) => value / Math.sqrt(square));
}

/** The cosine of two directions. */
export function likeness(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
	return sum;
}

/** The stems that lie nearest to a direction, the nearest first, without `known`. Reads every vector: 3 ms for 30,000. */
export function nearestStems(
	direction: Float64Array,
	vectors: WordVectors,
	{ most, known }: { most: number; known: ReadonlySet<string> }
): { stem: string; likeness: number }[] {
	return vectors.stems
		.map((stem, row) => ({ stem, likeness: rowLikeness(direction, row, vectors) }))
		.filter((near) => !known.has(near.stem))
		.sort((a, b) => b.likeness - a.likeness)
		.slice(0, most);
}

function rowLikeness(direction: Float64Array, row: number, { dimensions, values }: StoredVectors) {
	const from = row * dimensions;
	let sum = 0;
	let square = 0;
	for (let at = 0; at < dimensions; at++) {
		sum += direction[at]! * values[from + at]!;
		square += values[from + at]! ** 2;
	}
	return square === 0 ? 0 : sum / Math.sqrt(square);
}
