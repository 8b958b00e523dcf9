import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * The drive is a virtio one, whose driver Debian has as modules; ext4 is built in. Qemu's NVMe would need none, but says that it
 * can write through its cache (FUA) and does not (nvme_blk_write in hw/nvme/ctrl.c passes no flags on): ext4 ends its
 * journal with such a write, and of 20 cuts four lost the last one.
 */
/** In the order in which they need each other. */
const MODULES = ['virtio_ring', 'virtio', 'virtio_pci_modern_dev', 'virtio_pci_legacy_dev', 'virtio_pci', 'virtio_blk'];

const init = `#!/bin/busybox sh
for module in ${MODULES.join(' ')}; do busybox insmod /$module.ko; done
busybox mount -t devtmpfs dev /dev
busybox mount -t ext4 /dev/vda /disk
exec busybox switch_root /disk /init
`;

/** The kernel, and its first file system: what loads the drive's modules and goes on from the drive. */
export function bootFiles(guest: string, folder: string) {
	const stage = join(folder, 'initramfs');
	for (const name of ['bin', 'dev', 'disk']) mkdirSync(join(stage, name), { recursive: true });
	const busybox = join(guest, 'bin/busybox');
	copyFileSync(busybox, join(stage, 'bin/busybox'));
	writeFileSync(join(stage, 'init'), init, { mode: 0o755 });
	const found = readdirSync(join(guest, 'lib/modules'), { recursive: true, encoding: 'utf8' });
	for (const path of found)
		if (MODULES.some((name) => basename(path) === `${name}.ko`))
			copyFileSync(join(guest, 'lib/modules', path), join(stage, basename(path)));
	const initramfs = `${stage}.cpio`;
	const input = readdirSync(stage, { recursive: true, encoding: 'utf8' }).join('\n');
	const archived = { cwd: stage, input, stdio: 'pipe', maxBuffer: 2 ** 26 } as const;
	writeFileSync(initramfs, execFileSync(busybox, ['cpio', '-o', '-H', 'newc'], archived));
	const boot = join(guest, 'boot');
	return {
		kernel: join(
			boot,
			readdirSync(boot).find((file) => file.startsWith('vmlinuz'))!
		),
		initramfs
	};
}

export type BootFiles = ReturnType<typeof bootFiles>;
