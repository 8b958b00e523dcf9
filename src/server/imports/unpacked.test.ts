import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Damaged, unpacked } from './unpacked.ts';

const text = Array.from({ length: 12_000 }, (_, line) => `line ${line} ${Math.sin(line)}\n`).join('');
const packings = [
	['gzip', gzipSync],
	['zstd', zstdCompressSync]
] as const;

/** What comes out, fed in chunks of a size that cuts everything somewhere. */
async function unpack(packed: Buffer, chunkSize = 1_009) {
	let read = '';
	const chunks = function* () {
		for (let at = 0; at < packed.length; at += chunkSize) yield packed.subarray(at, at + chunkSize);
	};
	try {
		for await (const bytes of unpacked(asyncOf(chunks()))) read += bytes.toString();
	} catch (fault) {
		return { read, fault };
	}
	return { read, fault: null };
}

async function* asyncOf(chunks: Iterable<Buffer>) {
	yield* chunks;
}

test.each([0, 1, 3, 4, 5_000])('%d bytes of plain text pass as they are', async (length) => {
	expect(await unpack(Buffer.from(text.slice(0, length)), 2)).toEqual({ read: text.slice(0, length), fault: null });
});

test.each(packings)('%s is told by its first bytes and unpacked', async (_, pack) => {
	expect(await unpack(pack(text))).toEqual({ read: text, fault: null });
	expect(await unpack(pack(text), 1_000_000)).toEqual({ read: text, fault: null });
});

test.each(packings)('several %s files one after the other are one', async (_, pack) => {
	const packed = Buffer.concat([pack('one\n'), pack(text), pack('three\n')]);
	for (const chunkSize of [101, 1_009, 1_000_000])
		expect(await unpack(packed, chunkSize)).toEqual({ read: `one\n${text}three\n`, fault: null });
});

test.each(packings)('of a %s file that ends too early, all that could be unpacked is passed on', async (_, pack) => {
	const packed = pack(text);
	const { read, fault } = await unpack(packed.subarray(0, Math.floor(packed.length * 0.9)));
	expect(fault).toBeInstanceOf(Damaged);
	expect(String(fault)).toMatch(/the (gzip|zstd) data are damaged/);
	expect(read.length).toBeGreaterThan(text.length * 0.5);
	expect(text.startsWith(read)).toBe(true);
});

test.each(packings)(
	'what is not %s after its end is a damage, costs at most 16 kB, and does not hang',
	async (_, pack) => {
		for (const chunkSize of [97, 1_000_000]) {
			const { read, fault } = await unpack(Buffer.concat([pack(text), Buffer.from('something else')]), chunkSize);
			expect(fault).toBeInstanceOf(Damaged);
			expect(read.length).toBeGreaterThanOrEqual(text.length - 16_384);
			expect(text.startsWith(read)).toBe(true);
		}
	}
);
