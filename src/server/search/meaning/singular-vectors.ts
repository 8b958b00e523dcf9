import type { PaperMatrix } from './paper-matrix.ts';
import { eigenvectors, lowerRoot } from './symmetric.ts';

/** A table of numbers, one row for a stem. */
export interface Table {
	rows: number;
	width: number;
	values: Float32Array;
}

/** More columns than are wanted make the wanted ones true (Halko, Martinsson and Tropp, SIAM Review 2011). */
const SPARE = 16;
const ROUNDS = 4;

/**
 * The first right singular vectors of the matrix as columns, and their singular values: a random subspace, multiplied by the matrix's square
 * a few times. A round takes 2 × entries × (width + 16) multiplications, and rows × (width + 16)² to straighten the axes.
 */
export function singularVectors(matrix: PaperMatrix, width: number, random: () => number) {
	const rows = matrix.stems.length;
	const wide = Math.min(width + SPARE, rows);
	let basis: Table = { rows, width: wide, values: Float32Array.from({ length: rows * wide }, () => random() - 0.5) };
	for (let round = 0; round < ROUNDS; round++) {
		straighten(basis);
		if (round + 1 < ROUNDS) basis = squareTimes(matrix, basis);
	}
	const { values, vectors } = eigenvectors(products(basis, squareTimes(matrix, basis)), wide);
	const kept = vectors.slice(0, width);
	return {
		table: turned(basis, kept),
		singular: values.slice(0, kept.length).map((value) => Math.sqrt(Math.max(0, value)))
	};
}

/** AᵀA·B, a row of A at a time, so that nothing as long as the papers is held. */
function squareTimes({ starts, columns, values }: PaperMatrix, { rows, width, values: basis }: Table): Table {
	const result = new Float32Array(rows * width);
	const sum = new Float64Array(width);
	for (let row = 0; row + 1 < starts.length; row++) {
		sum.fill(0);
		for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
			const from = columns[entry]! * width;
			const value = values[entry]!;
			for (let at = 0; at < width; at++) sum[at]! += value * basis[from + at]!;
		}
		for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
			const to = columns[entry]! * width;
			const value = values[entry]!;
			for (let at = 0; at < width; at++) result[to + at]! += value * sum[at]!;
		}
	}
	return { rows, width, values: result };
}

/** Makes the columns orthogonal and of length 1, in place: each row divided by the root of the columns' products (Cholesky QR). */
function straighten(table: Table) {
	const { rows, width, values } = table;
	const root = lowerRoot(products(table, table), width);
	for (let from = 0; from < rows * width; from += width) {
		for (let column = 0; column < width; column++) {
			let rest = values[from + column]!;
			for (let at = 0; at < column; at++) rest -= root[column * width + at]! * values[from + at]!;
			values[from + column] = rest / root[column * width + column]!;
		}
	}
}

/** LᵀR where it is symmetric, row by row. */
function products({ rows, width, values: left }: Table, { values: right }: Table) {
	const result = new Float64Array(width * width);
	for (let from = 0; from < rows * width; from += width) {
		for (let p = 0; p < width; p++) {
			const value = left[from + p]!;
			for (let q = p; q < width; q++) result[p * width + q]! += value * right[from + q]!;
		}
	}
	for (let p = 0; p < width; p++) for (let q = 0; q < p; q++) result[p * width + q] = result[q * width + p]!;
	return result;
}

/** Each row in the axes of `vectors`. */
function turned({ rows, width, values }: Table, vectors: readonly Float64Array[]): Table {
	const result = new Float32Array(rows * vectors.length);
	for (const [axis, vector] of vectors.entries()) {
		for (let row = 0; row < rows; row++) {
			let sum = 0;
			for (let at = 0; at < width; at++) sum += vector[at]! * values[row * width + at]!;
			result[row * vectors.length + axis] = sum;
		}
	}
	return { rows, width: vectors.length, values: result };
}
