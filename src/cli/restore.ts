import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkBackup, type Restored, restoreBackup } from '#server/backups/restore-backup.ts';
import { config } from '#server/config.ts';
import { openDatabase } from '#server/db/connection.ts';
import { Refused } from '#server/refused.ts';
import { interruptible } from './interruptible.ts';
import { phaseLines } from './phase-lines.ts';
import { printable } from './printable.ts';
import { counted } from './quantities.ts';

export const help = `broadsheet restore FILE [--json] [--quiet]

Restores a backup into an empty database: a DATA_FOLDER without one, or the empty database of DATABASE_URL. The whole file is checked
before anything is written, and what was written is read back and compared. A backup of an older version is brought to this one. It
can be cut off and run again with the same file; until it is done, nothing else uses the database. Where the database holds the backup
already, it says so.

  --json   print the summary as one JSON object
  --quiet  no progress

Exit status: 0 done, 1 it could not run, 130 it was cut off: run it again to go on.
`;

export async function run(args: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { json: { type: 'boolean', default: false }, quiet: { type: 'boolean', default: false } }
	});
	if (positionals.length !== 1) throw new Refused('invalid', 'Name one file: broadsheet restore FILE.');
	return interruptible('run it again to go on', (signal) => restore(resolve(positionals[0]!), { ...values, signal }));
}

async function restore(path: string, { json, quiet, signal }: { json: boolean; quiet: boolean; signal: AbortSignal }) {
	const began = performance.now();
	const phases = phaseLines(quiet ? null : process.stderr);
	const verified = await checkBackup({ path, signal, ...phases });
	const database = await openDatabase(config, { applicationName: 'maintenance' });
	try {
		const restored = await restoreBackup(database, { path, verified, signal, ...phases });
		const seconds = Math.round(performance.now() - began) / 1_000;
		process.stdout.write(json ? `${JSON.stringify({ ...restored, seconds })}\n` : restoredText(restored, seconds));
		return 0;
	} finally {
		phases.end();
		await database.close();
	}
}

/** What came in, and that it is what was in the file. */
export function restoredText(restored: Restored, seconds: number) {
	return [
		...(restored.already ? alreadyLines(restored) : broughtInLines(restored)),
		`It took ${counted(Math.ceil(seconds), 'second')}.`
	]
		.map((line) => `${printable(line)}\n`)
		.join('');
}

const alreadyLines = ({ madeAt, version }: Restored) => [
	'The database already holds this backup.',
	`It is of ${minuteOf(madeAt)} UTC, by Broadsheet ${version}; the checksum of every table is the same.`
];

const broughtInLines = ({ rows, tables, jobs, partsBefore, applied, madeAt, version }: Restored) => [
	`${counted(rows, 'row')} of ${counted(tables, 'table')} and ${counted(jobs, 'pending job')} are in the database; the checksum of every table is that of the source.`,
	`They are of ${minuteOf(madeAt)} UTC, by Broadsheet ${version}${applied.length > 0 ? `, and were brought to this version (${applied.join(', ')})` : ''}.`,
	...(partsBefore > 0 ? [`An earlier run had brought in ${counted(partsBefore, 'part')}.`] : [])
];

const minuteOf = (madeAt: string) => madeAt.slice(0, 16).replace('T', ' ');
