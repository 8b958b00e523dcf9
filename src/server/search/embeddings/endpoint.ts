import type { EmbeddingSettings } from '#server/config.ts';
import { vectorsIn } from './answer.ts';
import { NoVectors } from './no-vectors.ts';
import { refusalIn } from './refusals.ts';

/** Bytes of an answer: thirty times what 32 texts and 768 numbers each take. */
const LARGEST = 15 * 2 ** 20;
const LARGEST_OF_ONE = 2 ** 18;

interface Asking {
	/** Milliseconds until the last byte of the answer. */
	patience: number;
	signal?: AbortSignal;
}

/**
 * The vectors of the texts, of length one and all of the same size. Throws NoVectors where it does not get them; where the
 * signal is aborted, its reason.
 */
export async function vectorsFrom(
	endpoint: EmbeddingSettings,
	texts: readonly string[],
	{ patience, signal }: Asking
): Promise<Float32Array[]> {
	const late = AbortSignal.timeout(patience);
	try {
		const response = await ask(endpoint, texts, signal ? AbortSignal.any([late, signal]) : late);
		const most = Math.min(LARGEST, LARGEST_OF_ONE * texts.length);
		return vectorsIn(JSON.parse(await bodyOf(response, most)), texts.length);
	} catch (fault) {
		signal?.throwIfAborted();
		throw late.aborted ? new NoVectors(`It gave no whole answer within ${spanOf(patience)}.`) : namedFault(fault);
	}
}

async function ask({ url, model, key }: EmbeddingSettings, input: readonly string[], signal: AbortSignal) {
	const response = await fetch(`${url}/embeddings`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
		body: JSON.stringify({ model, input, encoding_format: 'float' }),
		// The key is for this address alone.
		redirect: 'manual',
		signal
	});
	if (response.ok) return response;
	void response.body?.cancel().catch(() => {});
	throw refusalIn(response);
}

/** Counts what it has unpacked, so that a small answer cannot become a large one. */
async function bodyOf(response: Response, most: number) {
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const part of response.body ?? []) {
		size += part.length;
		if (size > most) throw new NoVectors('Its answer is far too large.');
		parts.push(part);
	}
	return Buffer.concat(parts).toString('utf8');
}

/** What `fetch` and `JSON.parse` throw, in words; what else there is, is a defect. */
function namedFault(fault: unknown) {
	if (fault instanceof SyntaxError) return new NoVectors('Its answer is not JSON.');
	if (fault instanceof TypeError && fault.message === 'terminated') return new NoVectors('Its answer broke off.');
	if (fault instanceof TypeError && fault.message === 'fetch failed') return new NoVectors('It cannot be reached.');
	return fault;
}

const spanOf = (ms: number) => (ms < 2_000 ? `${ms} ms` : `${Math.round(ms / 1_000)} seconds`);
