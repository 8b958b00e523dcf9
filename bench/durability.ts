import { join } from 'node:path';
import { fsyncsOf, requireStrace } from './durability/commits.ts';
import { killRounds } from './durability/kills.ts';
import { updateOften } from './durability/updates.ts';
import { inFolder } from './folders.ts';
import { rounded } from './served.ts';

export const options = { rounds: 300, writes: 100_000, commits: 2_000, updates: 1_000_000 };

/**
 * The embedded database process killed 300 times while eight clients write, and compared with what they were told; fsyncs of
 * the log counted by the kernel's side; and the folder after 1,000,000 updates. `lost` and `damaged` must be 0.
 */
export async function run({ json, rounds, writes, commits, updates }: typeof options & { json: boolean }) {
	requireStrace();
	await inFolder(async (folder) => {
		const kills = await killRounds({ folder: join(folder, 'kills'), rounds, writes });
		console.table(rounded(kills));
		const synced = await fsyncsOf({ folder: join(folder, 'commits'), commits });
		console.table(synced);
		const folderAfter = await updateOften({ folder: join(folder, 'updates'), updates });
		console.table(rounded(folderAfter));
		const result = rounded({
			...kills,
			...synced,
			updates: folderAfter.updates,
			folder_start_mb: folderAfter.start,
			folder_largest_mb: folderAfter.largest,
			folder_right_after_mb: folderAfter.right_after,
			folder_mb: folderAfter.settled,
			folder_ratio: folderAfter.settled / folderAfter.bound
		});
		if (json) console.log(JSON.stringify(result));
		if (kills.lost + kills.torn + kills.unasked + kills.damaged > 0) process.exitCode = 1;
	});
}
