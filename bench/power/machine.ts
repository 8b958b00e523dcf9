import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { BootFiles } from './boot-files.ts';

/** Two processors and no acceleration: it must run where there is no KVM, as in most virtual machines. */
const ARGS = [
	'-accel',
	'tcg,thread=multi',
	'-cpu',
	'max',
	'-smp',
	'2',
	'-m',
	'1536',
	'-nodefaults',
	'-display',
	'none'
];
const KERNEL_WORDS = 'console=ttyS1 quiet panic=-1 mitigations=off';

interface Hardware {
	files: BootFiles;
	layer: string;
	/** Where what the guest prints otherwise is written. */
	log: string;
	/** Told of every line that the guest says. */
	onLine: (line: string) => void;
}

/** Boots the guest. Its first serial line is our pipe, its second a file. */
export function boot({ files, layer, log, onLine }: Hardware) {
	const drive = `file=${layer},format=qcow2,if=none,id=disk,cache=writeback`;
	const serial = ['-serial', 'stdio', '-serial', `file:${log}`];
	const devices = ['-drive', drive, '-device', 'virtio-blk-pci,drive=disk', ...serial, '-no-reboot'];
	const kernel = ['-kernel', files.kernel, '-initrd', files.initramfs, '-append', KERNEL_WORDS];
	const qemu = spawn('qemu-system-x86_64', [...ARGS, ...kernel, ...devices], { stdio: ['ignore', 'pipe', 'inherit'] });
	const closed = once(qemu, 'close');
	// A line that was cut off says nothing.
	let rest = '';
	qemu.stdout.setEncoding('latin1').on('data', (text: string) => {
		const lines = (rest + text).split(/\r?\n/);
		rest = lines.pop()!;
		lines.forEach(onLine);
	});
	return {
		/** Resolves when the machine has ended by itself, which it should not. */
		ended: closed,
		/** Cuts the power, and waits until every line that has left the guest was heard. */
		cut: async () => {
			qemu.kill('SIGKILL');
			await closed;
		}
	};
}
