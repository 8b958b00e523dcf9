import { readFileSync, rmSync } from 'node:fs';
import { run } from './programs.ts';

/**
 * A drive that loses, when its machine is killed, what it was not told to flush. The guest's own cache is gone with the guest;
 * but what the guest has handed to a plain image lies in the host's cache, and outlives qemu. So the drive is a qcow2 layer
 * over the image, whose map of new clusters is in qemu's memory until the guest flushes: a cluster that was first
 * written after the last flush reads as before the cut. (Written a second time, it stays: a disk may keep it too.)
 */
export function driveOn(image: string) {
	const layer = `${image}.layer`;
	return {
		layer,
		/** A new layer on what the last cut has left. */
		begin: () => {
			rmSync(layer, { force: true });
			run('qemu-img', 'create', '-q', '-f', 'qcow2', '-o', 'cluster_size=4k', '-b', image, '-F', 'raw', layer);
		},
		/** What the disk holds after a cut becomes the image. */
		keep: () => run('qemu-img', 'commit', '-q', layer)
	};
}

/** Throws unless such a drive, killed after a write, has forgotten it, and remembers it after a flush. */
export function checkThatDrivesForget(folder: string) {
	const image = `${folder}/forgetful`;
	run('qemu-img', 'create', '-q', '-f', 'raw', image, '1M');
	const { layer, begin, keep } = driveOn(image);
	const holds = (pattern: number) => readFileSync(image).at(2 ** 16) === pattern;
	const killAfter = (...orders: string[]) => {
		begin();
		const commands = ['write -P 7 64k 4k', ...orders, 'sigraise 9'].flatMap((order) => ['-c', order]);
		try {
			run('qemu-io', '-t', 'writeback', ...commands, layer);
		} catch (fault) {
			if ((fault as { signal?: string }).signal !== 'SIGKILL') throw fault;
		}
		keep();
	};
	killAfter();
	if (!holds(0)) throw new Error('The drive keeps what was not flushed, so a cut would lose nothing.');
	killAfter('flush');
	if (!holds(7)) throw new Error('The drive loses what was flushed.');
}
