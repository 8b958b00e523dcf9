import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the work a folder of its own, on the disk of the system's temporary folder, and removes it whatever happens. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'));
	try {
		return await work(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
	}
}

/** In MB. Files may come and go meanwhile. */
export function sizeOf(folder: string): number {
	return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return sum + sizeOf(path);
		return sum + (entry.isFile() ? (statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 1e6 : 0);
	}, 0);
}
