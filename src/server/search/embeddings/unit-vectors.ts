/** The largest models give 4,096 numbers. */
const MOST_DIMENSIONS = 8_192;

/** The direction of a vector: its numbers divided by its length. Null where it has none, or is none. */
export function unitVector(numbers: unknown): Float32Array | null {
	if (!Array.isArray(numbers) || numbers.length > MOST_DIMENSIONS) return null;
	let squares = 0;
	for (const number of numbers) {
		if (typeof number !== 'number') return null;
		squares += number * number;
	}
	const length = Math.sqrt(squares);
	if (!Number.isFinite(length) || length === 0) return null;
	return Float32Array.from(numbers as number[], (number) => number / length);
}

/** A vector as PostgreSQL reads it. Nine figures are as exact as a `real`. */
export function vectorText(vector: Float32Array) {
	return `{${Array.from(vector, (number) => number.toPrecision(9)).join()}}`;
}

/**
 * The cosine of the angle between a unit vector and one that PostgreSQL's array_send wrote; null where they are not of the
 * same space. As text the same numbers would have to be parsed.
 */
export function cosineWithSent(vector: Float32Array, sent: Buffer): number | null {
	// Dimensions, whether there are nulls, the element's type, then size and first index; before each number its length.
	if (sent.length !== 20 + 8 * vector.length || sent.readInt32BE(0) !== 1) return null;
	const numbers = new DataView(sent.buffer, sent.byteOffset + 24);
	let sum = 0;
	for (let at = 0; at < vector.length; at += 1) sum += vector[at]! * numbers.getFloat32(8 * at);
	return sum;
}
