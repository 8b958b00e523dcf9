import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, globSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import type { Tally } from './tallies.ts';

/** The data folder of a release as it left it, packed, and what was in it. */
export interface Fixture {
	version: string;
	/** Of the release. */
	commit: string;
	/** What had been applied. */
	migrations: string[];
	tables: Record<string, Tally>;
}

const folder = import.meta.dirname;
export const packedFile = (version: string) => join(folder, 'folders', `${version}.tar.zst`);
export const fixtureFile = (version: string) => join(folder, 'folders', `${version}.json`);

/** Every release that is kept, the oldest first. */
export function fixtures(): Fixture[] {
	const files = globSync('folders/*.json', { cwd: folder }).map((file) => basename(file, '.json'));
	return files
		.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
		.map((version) => JSON.parse(readFileSync(fixtureFile(version), 'utf8')) as Fixture);
}

/** A cluster holds three databases that are nearly the same, 15 MB apart: the window reaches over all of it. */
const WINDOW = 27;

export async function pack(dataFolder: string, file: string) {
	const tar = spawn(
		'tar',
		['--create', '--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '.'],
		{
			cwd: dataFolder,
			stdio: ['ignore', 'pipe', 'inherit']
		}
	);
	const params = {
		[constants.ZSTD_c_compressionLevel]: 22,
		[constants.ZSTD_c_enableLongDistanceMatching]: 1,
		[constants.ZSTD_c_windowLog]: WINDOW
	};
	const ended = endOf(tar);
	await pipeline(tar.stdout, createZstdCompress({ params }), createWriteStream(file));
	await ended;
}

export async function unpack(version: string, dataFolder: string) {
	await mkdir(dataFolder, { recursive: true, mode: 0o700 });
	const tar = spawn('tar', ['--extract', '--no-same-owner'], {
		cwd: dataFolder,
		stdio: ['pipe', 'inherit', 'inherit']
	});
	const ended = endOf(tar);
	const params = { [constants.ZSTD_d_windowLogMax]: WINDOW };
	await pipeline(createReadStream(packedFile(version)), createZstdDecompress({ params }), tar.stdin);
	await ended;
}

async function endOf(tar: ChildProcess) {
	const [status] = (await once(tar, 'exit')) as [number];
	if (status !== 0) throw new Error(`tar ended with status ${status}`);
}
