import type { WriteStream } from 'node:tty';
import type { Phase, Progress } from '#server/backups/write-backup.ts';
import { progressLine } from './progress-line.ts';

const WORDS: Record<Phase, string> = {
	copy: 'Taking one state of the database …',
	write: 'Writing the file …',
	check: 'Reading the file …',
	checkCopy: 'Checking the copy …',
	load: 'Loading …',
	compare: 'Comparing …'
};

/** Says what is being done, and how far each of it is. Without a stream it says nothing. */
export function phaseLines(stream: Pick<WriteStream, 'write' | 'isTTY'> | null) {
	let line = progressLine(stream);
	return {
		onPhase(phase: Phase) {
			line.end();
			stream?.write(`${WORDS[phase]}\n`);
			line = progressLine(stream);
		},
		onProgress: (far: Progress) => line.show(far),
		end: () => line.end()
	};
}
