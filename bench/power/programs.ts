import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Refused } from '#server/refused.ts';

/** What is asked for by name, and the package of Debian that has it. */
const PROGRAMS = {
	'qemu-system-x86_64': 'qemu-system-x86',
	'qemu-img': 'qemu-utils',
	'qemu-io': 'qemu-utils',
	mke2fs: 'e2fsprogs',
	debugfs: 'e2fsprogs',
	e2fsck: 'e2fsprogs'
};
/** What is downloaded and not installed: a kernel for clouds, the smallest of Debian, and one program with a shell, mount and insmod. */
const GUEST = { kernel: 'linux-image-cloud-amd64', busybox: 'busybox-static' };
/** Debian puts what makes and mends file systems where only root's PATH looks. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, DEBIAN_FRONTEND: 'noninteractive' };

/** Runs a program and gives what it prints; its complaints are in the error when it fails. */
export const run = (program: string, ...args: string[]) =>
	execFileSync(program, args, { env, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 26 });

/** Installs what is missing of them with apt-get, for root; refuses otherwise, and says what to install. */
export function installPrograms() {
	const missing = Object.entries(PROGRAMS).filter(([program]) => !isInstalled(program));
	if (missing.length === 0) return;
	const packages = [...new Set(missing.map(([, name]) => name))];
	if (process.getuid?.() !== 0 || !isInstalled('apt-get'))
		throw new Refused('invalid', `This needs ${packages.join(', ')}: apt-get install ${packages.join(' ')}`);
	run('apt-get', 'update', '-qq');
	run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages);
}

function isInstalled(program: string) {
	try {
		run('sh', '-c', `command -v ${program}`);
		return true;
	} catch {
		return false;
	}
}

/** Downloads Debian's kernel and busybox into a folder; gives the folder in which they lie as if they were installed. */
export function downloadGuest(folder: string) {
	const [kernel] = /linux-image-\d\S*/.exec(run('apt-cache', 'depends', GUEST.kernel)) ?? [];
	if (!kernel) throw new Refused('invalid', `There is no package ${GUEST.kernel} here; apt-get update, on Debian.`);
	const unpack = 'cd "$0" && apt-get download -qq "$@" && for one in *.deb; do dpkg-deb --extract "$one" guest; done';
	run('sh', '-c', unpack, folder, kernel, GUEST.busybox);
	return join(folder, 'guest');
}
