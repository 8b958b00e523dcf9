import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { broadsheet } from '../broadsheet.ts';
import type { Failures } from './failures.ts';

/** Of the records of a file taken in again, every third has another comment, and every thirtieth another abstract. */
const EVERY = { comment: 3, abstract: 30 };
const SECONDS_BETWEEN = 2;
/** A part of a file, so that what is new comes now and then and not all at once. */
const RECORDS = 5_000;
const RESULTS = ['new', 'changed', 'unchanged', 'older', 'set_aside'] as const;

interface Imports {
	dataFolder: string;
	/** For what is written aside. */
	folder: string;
	files: string[];
	stopped: () => boolean;
	failures: Failures;
}

/** Takes files in by turns, new ones and changed ones, until told to stop. Gives what became of the records in all. */
export async function importUntilStopped({ dataFolder, folder, files, stopped, failures }: Imports) {
	const sum = { imports: 0, new: 0, changed: 0, unchanged: 0, older: 0, set_aside: 0 };
	for (let turn = 0; ; turn += 1)
		for (const file of files)
			for await (const lines of partsOf(file)) {
				if (stopped()) return sum;
				const path = join(folder, `${basename(file, '.jsonl.gz')}.jsonl`);
				await writeFile(path, lines.map((line, index) => revised(line, { index, turn })).join('\n'));
				await failures.noted('import', async () => {
					const printed = await broadsheet(dataFolder, ['import', '--quiet', '--json', path]);
					const { paper } = JSON.parse(printed) as Imported;
					sum.imports += 1;
					for (const what of RESULTS) sum[what] += paper[what];
				});
				await pause(SECONDS_BETWEEN * 1000);
			}
}

interface Imported {
	paper: Record<(typeof RESULTS)[number], number>;
}

async function* partsOf(file: string) {
	let lines: string[] = [];
	for await (const line of createInterface(createReadStream(file).pipe(createGunzip()))) {
		lines.push(line);
		if (lines.length < RECORDS) continue;
		yield lines;
		lines = [];
	}
	if (lines.length > 0) yield lines;
}

function revised(line: string, { index, turn }: { index: number; turn: number }) {
	if (index % EVERY.comment !== 0) return line;
	const record = JSON.parse(line) as { comment?: string; abstract: string };
	record.comment = `Revised ${turn + 1} times`;
	if (index % EVERY.abstract === 0) record.abstract += ` (Revision ${turn + 1}.)`;
	return JSON.stringify(record);
}
