import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { Refused } from '#server/refused.ts';

/**
 * How a backup lies on the disk: a first line with the format, parts that are compressed one by one, and the SHA-256 of all
 * that. A part is two lengths, packed and plain, of four bytes each, and the bytes packed by zstd; two zeros end the parts.
 * Each part is bounded, so that a file of any size, and one that was made to harm, is read in little memory.
 */
const firstLine = (format: number) => Buffer.from(`broadsheet backup ${format}\n`);
export const FORMAT = 1;
/** Bytes of a part. A row may have as many; parts of many rows are a megabyte. */
export const largestPart = 64 * 2 ** 20;
const lengths = 8;
const digestLength = 32;

const pack = promisify(zstdCompress) as (plain: Buffer) => Promise<Buffer>;
const unpack = promisify(zstdDecompress) as (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** Begins a file that must not exist, for its owner alone. It is on the disk, whole, when `end` has answered. */
export async function createParts(path: string) {
	const file = await open(path, 'wx', 0o600);
	const hash = createHash('sha256');
	let bytes = 0;
	const append = async (buffer: Buffer) => {
		await file.writeFile(buffer);
		bytes += buffer.length;
	};
	const appendHashed = (buffer: Buffer) => {
		hash.update(buffer);
		return append(buffer);
	};
	await appendHashed(firstLine(FORMAT));
	return {
		async write(plain: Buffer) {
			if (plain.length > largestPart) throw new Error(`a row of ${plain.length} bytes is too large for a backup`);
			const packed = await pack(plain);
			await appendHashed(Buffer.concat([lengthsOf(packed.length, plain.length), packed]));
		},
		/** Gives the size and the digest that the file is known by. */
		async end() {
			await appendHashed(lengthsOf(0, 0));
			const digest = hash.digest();
			await append(digest);
			await file.sync();
			return { bytes, digest: digest.toString('hex') };
		},
		close: () => file.close()
	};
}

function lengthsOf(packed: number, plain: number) {
	const bytes = Buffer.alloc(lengths);
	bytes.writeUInt32BE(packed, 0);
	bytes.writeUInt32BE(plain, 4);
	return bytes;
}

export type Parts = Awaited<ReturnType<typeof openParts>>;

/** Opens a file to read its parts. Refuses, in a sentence, what is no backup, is cut off, or was changed. */
export async function openParts(path: string) {
	const file = await open(path).catch((fault) => refuseUnreadable(path, fault));
	const { size } = await statOf(path, file);
	const hash = createHash('sha256');
	let at = 0;

	async function take(length: number) {
		if (at + length > size) throw damaged(path, 'it ends too early');
		const bytes = Buffer.allocUnsafe(length);
		for (let filled = 0; filled < length;) {
			const { bytesRead } = await file.read(bytes, filled, length - filled, at + filled);
			if (bytesRead === 0) throw damaged(path, 'it ends too early');
			filled += bytesRead;
		}
		at += length;
		return bytes;
	}

	async function takeHashed(length: number) {
		const bytes = await take(length);
		hash.update(bytes);
		return bytes;
	}

	/** The next part, or null after the last one, when the whole file has proved to be what was written. */
	async function next() {
		const head = await takeHashed(lengths);
		const [packed, plain] = [head.readUInt32BE(0), head.readUInt32BE(4)];
		if (packed === 0 && plain === 0) return end();
		if (packed > largestPart + 2 ** 20 || plain > largestPart) throw damaged(path, 'it was changed');
		const bytes = await takeHashed(packed);
		const unpacked = await unpack(bytes, { maxOutputLength: Math.max(plain, 1) }).catch(() => null);
		if (unpacked?.length !== plain) throw damaged(path, 'it was changed');
		return unpacked;
	}

	async function end() {
		const digest = hash.digest();
		if (!digest.equals(await take(digestLength))) throw damaged(path, 'it was changed');
		if (at !== size) throw damaged(path, 'something was added to its end');
		return null;
	}

	try {
		await checkFirstLine(path, (length) => takeHashed(Math.min(length, size)));
	} catch (fault) {
		await file.close();
		throw fault;
	}
	return { size, at: () => at, next, close: () => file.close() };
}

async function checkFirstLine(path: string, take: (length: number) => Promise<Buffer>) {
	const line = await take(firstLine(FORMAT).length);
	if (line.equals(firstLine(FORMAT))) return;
	if (/^broadsheet backup \d+/.test(line.toString('latin1')))
		throw new Refused('invalid', `${path} was made by a newer version of Broadsheet; restore it with that version.`);
	throw new Refused('invalid', `${path} is not a backup of Broadsheet, or its beginning was changed.`);
}

/** A folder can be opened as a file is, and not read. */
async function statOf(path: string, file: FileHandle) {
	const stat = await file.stat();
	if (!stat.isDirectory()) return stat;
	await file.close();
	throw new Refused('unavailable', `${path} is a folder; name a backup file.`);
}

const sentences: Record<string, string> = {
	ENOENT: 'there is no such file',
	ENOTDIR: 'there is no such file',
	EACCES: 'this user may not read it',
	EPERM: 'this user may not read it'
};

function refuseUnreadable(path: string, { code }: NodeJS.ErrnoException): never {
	const why = sentences[code ?? ''] ?? code;
	throw new Refused('unavailable', `${path} cannot be read: ${why}.`);
}

export const damaged = (path: string, why: string) =>
	new Refused('invalid', `${path} is damaged, ${why}; nothing of it is restored. Use another backup file.`);
