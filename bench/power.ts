import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from './folders.ts';
import { bootFiles } from './power/boot-files.ts';
import { cutOften } from './power/cuts.ts';
import { checkThatDrivesForget } from './power/drive.ts';
import { makeImage } from './power/image.ts';
import { downloadGuest, installPrograms } from './power/programs.ts';
import { rounded } from './served.ts';

/** `without` are the cuts of a database whose fsync does nothing. */
export const options = { cuts: 20, without: 2 };

/**
 * The power of a virtual machine cut 20 times while the embedded database writes in it: qemu is killed, and with it goes what
 * the guest had not brought to its drive. `lost` and `damaged` must be 0, and without our fsync something must be lost,
 * or the cuts would show nothing.
 */
export async function run({ json, cuts, without }: typeof options & { json: boolean }) {
	installPrograms();
	await inFolder(async (folder) => {
		checkThatDrivesForget(folder);
		const guest = downloadGuest(folder);
		const files = bootFiles(guest, folder);
		const runWith = async (name: string, { fsync, times }: { fsync: boolean; times: number }) => {
			const own = join(folder, fsync ? 'with' : 'without');
			mkdirSync(own);
			const image = await makeImage(own, { guest, fsync });
			const found = await cutOften({ name, image, files, log: join(own, 'log'), cuts: times });
			console.table({ [name]: found });
			return found;
		};
		const bare = await runWith('cuts without fsync', { fsync: false, times: without });
		const kept = await runWith('cuts', { fsync: true, times: cuts });
		const result = { ...kept, acknowledged_without_fsync: bare.acknowledged, lost_without_fsync: bare.lost };
		if (json) console.log(JSON.stringify(rounded(result)));
		if (kept.lost + kept.damaged > 0 || bare.lost === 0) process.exitCode = 1;
	});
}
