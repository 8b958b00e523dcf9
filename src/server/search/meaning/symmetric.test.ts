import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eigenvectors, lowerRoot } from './symmetric.ts';

const SIZE = 5;
const anyMatrix = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
	minLength: SIZE * SIZE,
	maxLength: SIZE * SIZE
});

/** AAᵀ: symmetric, and no eigenvalue is below zero. */
function square(numbers: readonly number[]) {
	const entry = (row: number, column: number) => {
		let sum = 0;
		for (let at = 0; at < SIZE; at++) sum += numbers[row * SIZE + at]! * numbers[column * SIZE + at]!;
		return sum;
	};
	return Float64Array.from({ length: SIZE * SIZE }, (_, at) => entry(Math.floor(at / SIZE), at % SIZE));
}

test('the matrix times an eigenvector is the eigenvector times its value, the greatest first', () => {
	fc.assert(
		fc.property(anyMatrix, (numbers) => {
			const matrix = square(numbers);
			const { values, vectors } = eigenvectors(matrix, SIZE);
			expect(values).toEqual(values.toSorted((a, b) => b - a));
			for (const [at, vector] of vectors.entries()) {
				expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
				for (let row = 0; row < SIZE; row++) {
					const image = vector.reduce((sum, value, column) => sum + matrix[row * SIZE + column]! * value, 0);
					expect(Math.abs(image - values[at]! * vector[row]!)).toBeLessThanOrEqual(1e-6 * values[0]!);
				}
			}
		})
	);
});

test('the lower root times itself is the matrix', () => {
	const root = lowerRoot(Float64Array.of(4, 2, 2, 10), 2);
	expect([...root]).toEqual([2, 0, 1, 3]);
});

test('what adds no direction to the rows before gets an infinite diagonal', () => {
	expect(lowerRoot(Float64Array.of(1, 1, 1, 1), 2)[3]).toBe(Infinity);
});
