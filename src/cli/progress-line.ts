import type { WriteStream } from 'node:tty';
import type { Progress } from '#server/imports/import-files.ts';
import { counted } from './quantities.ts';

/** How often the line changes: on a terminal it is written over, in a log each is a line of its own. */
const every = { terminal: 200, log: 5_000 };

/** Shows how far an import is, how fast, and how long it will take. Without a stream it shows nothing. */
export function progressLine(stream: Pick<WriteStream, 'write' | 'isTTY'> | null, clock = () => performance.now()) {
	const began = clock();
	let shown = began;
	return {
		show(progress: Progress) {
			const now = clock();
			if (!stream || now - shown < (stream.isTTY ? every.terminal : every.log)) return;
			shown = now;
			const text = progressText(progress, (now - began) / 1000);
			stream.write(stream.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
		},
		end() {
			if (stream?.isTTY) stream.write('\r\x1b[K');
		}
	};
}

/** `12,345 records, 1,020 a second, 40 % read, about 3 minutes left`, after so many seconds. */
export function progressText({ records, bytesRead, bytesInAll }: Progress, seconds: number) {
	const rate = Math.round(records / seconds);
	const parts = [`${records.toLocaleString('en')} records`, `${rate.toLocaleString('en')} a second`];
	if (bytesInAll && bytesRead > 0) {
		parts.push(`${Math.floor((100 * bytesRead) / bytesInAll)} % read`);
		parts.push(`about ${durationText((seconds * (bytesInAll - bytesRead)) / bytesRead)} left`);
	}
	return parts.join(', ');
}

function durationText(seconds: number) {
	if (seconds < 90) return counted(Math.ceil(seconds), 'second');
	return counted(Math.round(seconds / 60), 'minute');
}
