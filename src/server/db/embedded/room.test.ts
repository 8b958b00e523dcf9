// @module-tag embedded
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freeBytesAt, reserveSize, watchRoom } from './room.ts';

test('where there is ample room a part of it is kept, given back once, and kept again', async ({ onTestFinished }) => {
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-room-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const reserve = join(folder, 'reserve');
	const room = watchRoom(folder);
	const look = async (times: number) => {
		for (let looks = 0; looks < times; looks += 1) expect(room.isFull()).toBe(false);
		await room.settled();
	};
	expect(freeBytesAt(folder)).toBeGreaterThan(5 * reserveSize);
	expect(room.useReserve()).toBe(false);
	await look(20);
	expect(statSync(reserve)).toMatchObject({ size: reserveSize, mode: 0o100600 });
	expect(room.useReserve()).toBe(true);
	expect(existsSync(reserve)).toBe(false);
	expect(room.useReserve()).toBe(false);
	// Not at once: who filled the disk may do so again.
	await look(19);
	expect(existsSync(reserve)).toBe(false);
	await look(1);
	expect(existsSync(reserve)).toBe(true);
});
