import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, rmSync, statfsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { faultOf, log } from '../../log.ts';

const megabyte = 2 ** 20;
/** Writes are refused below the first, and taken again above the second. A segment of PostgreSQL's log has 16 MB. */
const bounds = { full: 32 * megabyte, enough: 48 * megabyte };
/** A table grows no more below this: what is left is the log's, in which a transaction is ended and a checkpoint is made. */
const scarce = 16 * megabyte;
/** What the log gets when others have filled the disk to its last byte. */
export const reserveSize = 32 * megabyte;
const reserveName = 'reserve';
/** Looks with plenty of room before the reserve is made, and before that is tried again. */
const looksUntilReserve = 20;

/** How many bytes of the file system that a path lies on may still be written by us. */
export function freeBytesAt(path: string) {
	const { bavail, bsize } = statfsSync(path);
	return bavail * bsize;
}

/** The room that the disk of a data folder has. Whoever looks often keeps a part of it for ending well. */
export function watchRoom(folder: string) {
	const reserve = join(folder, reserveName);
	let full = false;
	let ampleLooks = 0;
	let making: Promise<void> = Promise.resolve();

	/** Whether the disk takes no more writes: it is full, or was made read-only. */
	function isFull() {
		const free = freeBytesAt(folder);
		full = free < (full ? bounds.enough : bounds.full) || isReadOnly(folder);
		ampleLooks = free > bounds.enough + 2 * reserveSize && !full ? ampleLooks + 1 : 0;
		if (ampleLooks > 0 && ampleLooks % looksUntilReserve === 0 && !existsSync(reserve)) making = makeReserve(reserve);
		return full;
	}

	/** Gives the reserve back to the disk. Returns whether there was one. */
	function useReserve() {
		if (!existsSync(reserve)) return false;
		rmSync(reserve);
		ampleLooks = 0;
		return true;
	}

	return { isFull, isScarce: () => freeBytesAt(folder) < scarce, useReserve, settled: () => making };
}

export type Room = ReturnType<typeof watchRoom>;

/** Random bytes, which no file system can make smaller. Written by other threads: nobody waits for it. */
async function makeReserve(path: string) {
	try {
		await writeFile(`${path}.making`, await promisify(randomBytes)(reserveSize), { mode: 0o600, flush: true });
		await rename(`${path}.making`, path);
	} catch (fault) {
		log('warn', 'no room could be kept for a full disk', faultOf(fault));
		await rm(`${path}.making`, { force: true });
	}
}

function isReadOnly(folder: string) {
	try {
		accessSync(folder, constants.W_OK);
		return false;
	} catch {
		return true;
	}
}
