/** Eigenvalues, the greatest first, and their vectors as rows, of a small symmetric matrix (row by row): cyclic Jacobi rotations. */
export function eigenvectors(matrix: Float64Array, size: number): { values: number[]; vectors: Float64Array[] } {
	const rows = matrix.slice();
	const turned = identity(size);
	for (let sweep = 0; sweep < 30 && offDiagonal(rows, size) > 1e-18 * squares(rows); sweep++) {
		for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(rows, turned, size, p, q);
	}
	const order = Array.from({ length: size }, (_, at) => at).sort((a, b) => rows[b * size + b]! - rows[a * size + a]!);
	return {
		values: order.map((at) => rows[at * size + at]!),
		vectors: order.map((at) => turned.slice(at * size, (at + 1) * size))
	};
}

/** The lower triangle L with LLᵀ = matrix (Cholesky). What adds no direction gets an infinite diagonal, by which one divides to nothing. */
export function lowerRoot(matrix: Float64Array, size: number): Float64Array {
	const root = new Float64Array(size * size);
	for (let row = 0; row < size; row++) {
		for (let column = 0; column <= row; column++) {
			let rest = matrix[row * size + column]!;
			for (let at = 0; at < column; at++) rest -= root[row * size + at]! * root[column * size + at]!;
			root[row * size + column] =
				column < row ? rest / root[column * size + column]! : diagonal(rest, matrix[row * size + row]!);
		}
	}
	return root;
}

function diagonal(rest: number, square: number) {
	return rest > 1e-9 * square ? Math.sqrt(rest) : Infinity;
}

/** Turns the plane of two axes so that their common entry becomes zero. */
function rotate(rows: Float64Array, turned: Float64Array, size: number, p: number, q: number) {
	const entry = rows[p * size + q]!;
	if (entry === 0) return;
	const theta = (rows[q * size + q]! - rows[p * size + p]!) / (2 * entry);
	const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
	const cosine = 1 / Math.hypot(tangent, 1);
	const sine = tangent * cosine;
	for (let at = 0; at < size; at++) turn(rows, at * size + p, at * size + q, cosine, sine);
	for (let at = 0; at < size; at++) turn(rows, p * size + at, q * size + at, cosine, sine);
	for (let at = 0; at < size; at++) turn(turned, p * size + at, q * size + at, cosine, sine);
}

function turn(values: Float64Array, a: number, b: number, cosine: number, sine: number) {
	const [left, right] = [values[a]!, values[b]!];
	values[a] = cosine * left - sine * right;
	values[b] = sine * left + cosine * right;
}

function identity(size: number) {
	const rows = new Float64Array(size * size);
	for (let at = 0; at < size; at++) rows[at * size + at] = 1;
	return rows;
}

function offDiagonal(rows: Float64Array, size: number) {
	let sum = 0;
	for (let p = 0; p < size; p++) for (let q = 0; q < size; q++) if (p !== q) sum += rows[p * size + q]! ** 2;
	return sum;
}

function squares(rows: Float64Array) {
	return rows.reduce((sum, value) => sum + value * value, 0);
}
