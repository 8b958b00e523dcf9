// @module-tag embedded
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { socketFolderOf } from '#server/db/embedded/data-folder.ts';
import { useDataFolder } from '#server/db/embedded/test-folder.ts';
import { inOneState } from './consistent.ts';

const data = useDataFolder();

test('nothing is left of a copy, nor of its socket where its path is too long for one', async () => {
	const dataFolder = join(data.folder(), 'long'.repeat(20));
	data.copyTo(dataFolder);
	data.moveTo(dataFolder);
	await data.open();
	const copies = join(dataFolder, 'copies');
	// What processes left that were killed, in a container with the number of this one, or while the files were copied.
	for (const left of [`copy.${process.pid}-999.unfinished`, 'copy.4194999-1.unfinished.0123456789ab.copying'])
		mkdirSync(join(copies, left), { recursive: true });
	const socketFolder = await inOneState({ dataFolder, databaseUrl: null }, () => {
		const [copy, ...others] = readdirSync(copies);
		expect(others).toEqual([]);
		return Promise.resolve(socketFolderOf(join(copies, copy!)));
	});
	expect(socketFolder.startsWith(copies)).toBe(false);
	expect(existsSync(socketFolder)).toBe(false);
	expect(readdirSync(copies)).toEqual([]);
}, 60_000);
