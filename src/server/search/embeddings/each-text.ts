import { NoVectors } from './no-vectors.ts';

/** Asks for the vectors of some texts. */
export type Ask = (texts: readonly string[]) => Promise<Float32Array[]>;

/** A text that every model takes. */
const PLAIN = 'A paper about nothing in particular.';

/**
 * A vector for each text; null for one that the endpoint refuses though it takes a plain one: a single text must not keep all
 * the others from theirs. It is found by halves.
 */
export async function vectorsOfEach(ask: Ask, texts: readonly string[]): Promise<(Float32Array | null)[]> {
	try {
		return await ask(texts);
	} catch (fault) {
		if (!(fault instanceof NoVectors && fault.mayBeTheText)) throw fault;
		if (texts.length > 1) {
			const half = Math.ceil(texts.length / 2);
			const first = await vectorsOfEach(ask, texts.slice(0, half));
			return [...first, ...(await vectorsOfEach(ask, texts.slice(half)))];
		}
		await ask([PLAIN]);
		return [null];
	}
}
