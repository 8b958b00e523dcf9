import { createGunzip, createZstdDecompress } from 'node:zlib';

/** The compressed data end too early or are wrong; all that came before was passed on. */
export class Damaged extends Error {}

/** A piece is what is unpacked at once: gzip makes at most a thousand bytes of one, zstd 32,000 (a run of 128 kB in four). */
const packings = [
	{ name: 'gzip', magic: Buffer.from([0x1f, 0x8b]), piece: 16_384, open: () => createGunzip() },
	{ name: 'zstd', magic: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), piece: 1_024, open: () => createZstdDecompress() }
];

type Packing = (typeof packings)[number];

/**
 * The bytes of a file that is plain, or packed by gzip or zstd, which its first bytes tell: an extension may be wrong, and
 * standard input has none. Several files packed one after the other are one. Throws Damaged after the last good byte: where
 * the data end too early, that is all there is; where they are wrong, zlib keeps back up to 16 kB before the fault.
 */
export async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	const chunks = source[Symbol.asyncIterator]();
	const head = await firstBytes(chunks, 4);
	const packing = packings.find(({ magic }) => head.subarray(0, magic.length).equals(magic));
	yield* packing ? unpack(packing, prepended(head, chunks)) : prepended(head, chunks);
}

async function firstBytes(chunks: AsyncIterator<Buffer>, most: number) {
	let head: Buffer = Buffer.alloc(0);
	while (head.length < most) {
		const { value, done } = await chunks.next();
		if (done) break;
		head = head.length === 0 ? value : Buffer.concat([head, value]);
	}
	return head;
}

async function* prepended(head: Buffer, chunks: AsyncIterator<Buffer>) {
	if (head.length > 0) yield head;
	for (;;) {
		const { value, done } = await chunks.next();
		if (done) return;
		yield value;
	}
}

async function* unpack(packing: Packing, chunks: AsyncIterable<Buffer>) {
	let unpacking = startUnpacking(packing);
	for await (const chunk of chunks) {
		for (let at = 0; at < chunk.length;) {
			const piece = chunk.subarray(at, at + packing.piece);
			const unread = await unpacking.take(piece);
			yield* unpacking.ready();
			at += piece.length - unread;
			// Node ends zstd at the end of a frame, and would silently ignore the frames after it.
			if (unread > 0) unpacking = startUnpacking(packing);
		}
	}
	await unpacking.end();
	yield* unpacking.ready();
}

/** Fed by hand: a pipeline that fails drops what it has unpacked and not yet handed on. */
function startUnpacking({ name, open }: Packing) {
	const stream = open();
	const ready: Buffer[] = [];
	let taken = 0;
	let fault: Error | null = null;
	stream.on('data', (bytes: Buffer) => ready.push(bytes));
	const failed = new Promise<void>((resolve) => stream.on('error', (error) => resolve(void (fault = error))));
	const ended = new Promise<void>((resolve) => stream.on('end', resolve));
	return {
		/** Gives how many bytes at the end of the chunk were not read, since the packed data ended before them. */
		async take(chunk: Buffer) {
			taken += chunk.length;
			await Promise.race([failed, ended, new Promise((resolve) => stream.write(chunk, resolve))]);
			return fault ? 0 : taken - stream.bytesWritten;
		},
		async end() {
			if (!fault) {
				stream.end();
				await Promise.race([failed, ended]);
			}
		},
		*ready() {
			yield* ready.splice(0);
			if (fault) throw new Damaged(`the ${name} data are damaged: ${fault.message}`);
		}
	};
}
