import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { log } from '#server/log.ts';

const NAME = /^access-(\d{4}-\d{2}-\d{2})\.jsonl$/;
const DAY = 86_400_000;

export type AccessFiles = ReturnType<typeof accessFiles>;

/** The access log's files in a folder, of `days` days with today. A disk that takes nothing is told once. */
export function accessFiles(folder: string, { days }: { days: number }) {
	let lost = 0;
	let isFailing = false;

	return { append, removeBefore, lose: (lines: number) => void (lost += lines) };

	async function append(day: string, lines: readonly string[]) {
		if (days === 0) return;
		try {
			await mkdir(folder, { recursive: true, mode: 0o700 });
			// What was cut off in the middle of a line is a line of its own.
			const text = (isFailing ? '\n' : '') + lines.join('');
			await appendFile(join(folder, `access-${day}.jsonl`), text, { mode: 0o600 });
			if (isFailing || lost > 0) goOn();
		} catch (fault) {
			lost += lines.length;
			if (!isFailing) log('warn', 'The access log cannot be written', { fault: (fault as Error).message });
			isFailing = true;
		}
	}

	function goOn() {
		log('warn', 'The access log is written again', { lost });
		isFailing = false;
		lost = 0;
	}

	/** By their names: a clock that is wrong, or was, says nothing about today's file or a later one. */
	async function removeBefore(today: string) {
		const first = new Date(Date.parse(today) - (days - 1) * DAY).toISOString().slice(0, 10);
		const names = await readdir(folder).catch(() => []);
		const old = names.filter((name) => {
			const day = NAME.exec(name)?.[1];
			return day !== undefined && day < first && day < today;
		});
		for (const name of old)
			await rm(join(folder, name)).catch((fault) =>
				log('warn', 'An old access log cannot be deleted', { file: name, fault: fault.message })
			);
	}
}
