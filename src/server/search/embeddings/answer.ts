import { NoVectors } from './no-vectors.ts';
import { unitVector } from './unit-vectors.ts';

/**
 * The vectors in an endpoint's answer, of length one, in the order of the texts: `{ data: [{ index, embedding }] }`. Nothing of it
 * is believed: https://platform.openai.com/docs/api-reference/embeddings has the form.
 */
export function vectorsIn(answer: unknown, texts: number): Float32Array[] {
	const items = isRecord(answer) ? answer.data : null;
	if (!Array.isArray(items) || items.length !== texts) throw incomplete();
	const vectors = new Map<number, Float32Array>();
	for (const [at, item] of items.entries()) {
		if (!isRecord(item)) throw incomplete();
		vectors.set(placeOf(item.index ?? at, texts), vectorOf(item.embedding));
	}
	// Two of one place leave another without.
	if (vectors.size !== texts) throw incomplete();
	const inOrder = Array.from({ length: texts }, (_, at) => vectors.get(at)!);
	if (inOrder.some(({ length }) => length !== inOrder[0]!.length))
		throw new NoVectors('Its vectors are not all of the same size.');
	return inOrder;
}

function placeOf(index: unknown, texts: number) {
	if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= texts) throw incomplete();
	return index;
}

function vectorOf(embedding: unknown) {
	const vector = unitVector(embedding);
	if (!vector) throw new NoVectors('One of its vectors is no list of numbers.', { mayBeTheText: true });
	return vector;
}

const incomplete = () => new NoVectors('Its answer does not hold a vector for each text.');

function isRecord(found: unknown): found is Record<string, unknown> {
	return typeof found === 'object' && found !== null;
}
