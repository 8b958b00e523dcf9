import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesIn } from './lines.ts';
import { Damaged } from './unpacked.ts';

async function readLines(chunks: Iterable<Buffer>, fault?: Error) {
	async function* source() {
		yield* chunks;
		if (fault) throw fault;
	}
	const read = [];
	for await (const lines of linesIn(source()))
		for (const { number, bytes, fault } of lines) read.push({ number, text: bytes.toString(), fault });
	return read;
}

test('lines are the same however the bytes are cut', async () => {
	const words = fc.array(fc.constantFrom('', 'a', 'bc', 'é\n', '\n', 'def\r\n', 'g'), { maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(words, fc.integer({ min: 1, max: 5 }), async (parts, size) => {
			const bytes = Buffer.from(parts.join(''));
			const chunks = [];
			for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
			const expected = bytes.toString().split('\n');
			if (expected.at(-1) === '') expected.pop();
			expect(await readLines(chunks)).toEqual(expected.map((text, at) => ({ number: at + 1, text, fault: null })));
		})
	);
});

test('a line of more than 8 MB comes with its beginning and its fault, and the next is whole', async () => {
	const megabyte = Buffer.alloc(1024 * 1024, 'x');
	const read = await readLines([Buffer.from('a\n'), ...Array(10).fill(megabyte), Buffer.from('\nb\n')]);
	expect(read).toMatchObject([
		{ number: 1, text: 'a', fault: null },
		{ number: 2, fault: 'the line has 10,485,760 bytes, and at most 8,388,608 are taken' },
		{ number: 3, text: 'b', fault: null }
	]);
	expect(read[1]!.text.length).toBe(16 * 1024);
});

test('where the data are damaged the line says so', async () => {
	expect(
		await readLines([Buffer.from('a\nb')], new Damaged('the gzip data are damaged: unexpected end of file'))
	).toEqual([
		{ number: 1, text: 'a', fault: null },
		{
			number: 2,
			text: 'b',
			fault: 'the gzip data are damaged: unexpected end of file; everything before this line was read'
		}
	]);
});

test('another fault ends the reading', async () => {
	await expect(readLines([Buffer.from('a\nb')], new Error('the disk is gone'))).rejects.toThrow('the disk is gone');
});
