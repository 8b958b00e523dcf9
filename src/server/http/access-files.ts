import { appendFile, mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { log } from '#server/log.ts';

const NAME = /^access-(\d{4}-\d{2}-\d{2})\.jsonl$/;
const DAY = 86_400_000;
/** Bytes of a day's file: a million requests, or two, as they come; the most that somebody who wants to fill the disk gets. */
const LARGEST = 256 * 1024 * 1024;
/** Bytes of the disk that are left to the database, which needs them more. */
const LEAST_FREE = 512 * 1024 * 1024;
/** Milliseconds for which a disk without it is taken as it was, so that one at the edge is not told of twice a second. */
const LOOK_AGAIN_AFTER = 10_000;

export type AccessFiles = ReturnType<typeof accessFiles>;

interface Limits {
	/** With today. */
	days: number;
	/** Bytes. */
	largest?: number;
	leastFree?: number;
}

/** The access log's files in a folder. A disk that takes nothing, and a file that is full, are told once. */
export function accessFiles(folder: string, { days, largest = LARGEST, leastFree = LEAST_FREE }: Limits) {
	let lost = 0;
	let isFailing = false;
	let isTorn = false;
	let fullDay = '';
	let scarceUntil = 0;
	let lookedOn = '';

	return { append, removeBefore, lose: (lines: number) => void (lost += lines) };

	async function append(day: string, lines: readonly string[]) {
		if (days === 0) return;
		const file = join(folder, `access-${day}.jsonl`);
		// What was cut off in the middle of a line is a line of its own.
		const text = (isTorn ? '\n' : '') + lines.join('');
		try {
			await mkdir(folder, { recursive: true, mode: 0o700 });
			await requireRoom(day, { file, bytes: Buffer.byteLength(text) });
			isTorn = true;
			await appendFile(file, text, { mode: 0o600 });
			isTorn = false;
			if (isFailing || lost > 0) goOn();
		} catch (fault) {
			lost += lines.length;
			if (!isFailing) log('warn', 'The access log cannot be written', { fault: (fault as Error).message });
			isFailing = true;
		}
	}

	/** A file that has been full stays as it is, so that what is told of it is told once. */
	async function requireRoom(day: string, { file, bytes }: { file: string; bytes: number }) {
		const [size, { bavail, bsize }] = await Promise.all([sizeOf(file), statfs(folder)]);
		if (size + bytes > largest) fullDay = day;
		if (day === fullDay) throw new Error(`the file of ${day} is full: ${largest} bytes are the most`);
		const now = performance.now();
		if (bavail * bsize < leastFree && now >= scarceUntil) scarceUntil = now + LOOK_AGAIN_AFTER;
		if (now < scarceUntil) throw new Error(`the disk has less than ${leastFree} bytes left`);
	}

	function goOn() {
		log('warn', 'The access log is written again', { lost });
		isFailing = false;
		lost = 0;
	}

	/**
	 * By their names: a clock that is wrong, or was, says nothing about today's file or a later one. Where today comes more
	 * than two days after all that was seen, it may be the clock that leapt: old files stay for another day. Who wants no days
	 * wants none of them.
	 */
	async function removeBefore(today: string) {
		const first = dayBefore(today, days - 1);
		const names = await readdir(folder).catch(() => []);
		const dayOf = (name: string) => NAME.exec(name)?.[1] ?? '';
		const lastSeen = [lookedOn, ...names.map(dayOf).filter((day) => day <= today)].toSorted().at(-1)!;
		lookedOn = today;
		const old = names.filter((name) => dayOf(name) !== '' && (days === 0 || dayOf(name) < first));
		if (days > 0 && old.length > 0 && lastSeen < dayBefore(today, 2))
			return log('info', 'Old access logs stay for another day: nothing was written for days, or the clock is wrong');
		for (const name of old)
			await rm(join(folder, name)).catch((fault) =>
				log('warn', 'An old access log cannot be deleted', { file: name, fault: fault.message })
			);
	}
}

const dayBefore = (day: string, days: number) => new Date(Date.parse(day) - days * DAY).toISOString().slice(0, 10);

/** What is not there yet has none. */
const sizeOf = (file: string) =>
	stat(file).then(
		({ size }) => size,
		() => 0
	);
