import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

/** Below this many bytes an answer fits one packet anyway. */
const SMALLEST = 1_000;
/** How many spellings of Accept-Encoding are remembered; browsers know about ten. */
const REMEMBERED = 200;
/** Characters, and codings in them; browsers send some thirty. */
const LONGEST_REMEMBERED = 200;
const MOST_CODINGS = 20;

const preferred = new Map<string, Encoding>();

/** The best encoding that a client takes. */
export function encodingFor(accepted: string | undefined): Encoding {
	if (!accepted) return 'identity';
	const known = preferred.get(accepted);
	if (known) return known;
	const found = negotiated(accepted);
	if (accepted.length <= LONGEST_REMEMBERED && preferred.size < REMEMBERED) preferred.set(accepted, found);
	return found;
}

function negotiated(accepted: string): Encoding {
	const weights = new Map(accepted.toLowerCase().split(',', MOST_CODINGS).map(weighed));
	const weight = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
	const [br, gz] = [weight('br'), weight('gzip')];
	if (br > 0 && br >= gz) return 'br';
	return gz > 0 ? 'gzip' : 'identity';
}

function weighed(part: string): [coding: string, weight: number] {
	const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim());
	const q = parameters.find((parameter) => parameter.startsWith('q='));
	return [coding, q ? Number(q.slice(2)) || 0 : 1];
}

/** Whether compressing pays: text, and more than a packet. */
export function isWorthEncoding(type: string, bytes: number) {
	return bytes >= SMALLEST && (type.startsWith('text/') || type.startsWith('application/'));
}

/** Compresses in another thread. */
export async function encoded(body: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
	return alone(await (encoding === 'br' ? brotli(body, { params: brotliParameters(body) }) : zip(body)));
}

/**
 * Bytes in memory of their own. zlib and small buffers of Node's share pieces of 64 kB, of which a page that is kept would
 * hold the whole.
 */
export function alone(bytes: Buffer): Buffer {
	if (bytes.buffer.byteLength === bytes.length) return bytes;
	const copy = Buffer.allocUnsafeSlow(bytes.length);
	bytes.copy(copy);
	return copy;
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

function brotliParameters(body: Buffer) {
	return {
		[constants.BROTLI_PARAM_QUALITY]: 5,
		[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
		[constants.BROTLI_PARAM_SIZE_HINT]: body.length
	};
}
