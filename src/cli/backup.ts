import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp, type Made } from '#server/backups/backup-file.ts';
import { recordBackup } from '#server/backups/backups.ts';
import { checkBackup } from '#server/backups/restore-backup.ts';
import type { Verified } from '#server/backups/verify-backup.ts';
import { config } from '#server/config.ts';
import { siteDatabase } from '#server/db/site-database.ts';
import { faultOf } from '#server/log.ts';
import { Refused } from '#server/refused.ts';
import { interruptible } from './interruptible.ts';
import { printable, printableLines } from './printable.ts';
import { phaseLines } from './phase-lines.ts';
import { counted, number, size } from './quantities.ts';

export const help = `broadsheet backup FILE [--json] [--quiet]
broadsheet backup --verify FILE [--json] [--quiet]

Copies everything into one file, which must not exist yet, and reads it back; pages are served meanwhile. The database stays as it is,
also where it is of an older version. The file is restored by \`broadsheet restore\`, into the embedded database or a PostgreSQL server
alike. Keep it safe: it holds all that the database does.

  --verify   read a backup from its first byte to its last, and say what is in it, or why it would be refused
  --json     print the summary as one JSON object
  --quiet    no progress

Exit status: 0 done, 1 it could not run, 2 --verify: the file would be refused, 130 it was cut off; nothing was left behind.
`;

export async function run(args: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			verify: { type: 'boolean', default: false },
			json: { type: 'boolean', default: false },
			quiet: { type: 'boolean', default: false }
		}
	});
	if (positionals.length !== 1) throw new Refused('invalid', 'Name one file: broadsheet backup FILE.');
	const path = resolve(positionals[0]!);
	return interruptible('nothing was left behind', (signal) =>
		values.verify ? verify(path, { ...values, signal }) : make(path, { ...values, signal })
	);
}

interface Options {
	json: boolean;
	quiet: boolean;
	signal: AbortSignal;
}

async function make(path: string, { json, quiet, signal }: Options) {
	if (!existsSync(dirname(path))) throw new Refused('invalid', `There is no folder ${dirname(path)}; make it first.`);
	const began = performance.now();
	const phases = phaseLines(quiet ? null : process.stderr);
	const source = { dataFolder: config.dataFolder, databaseUrl: config.databaseUrl };
	const now = new Date();
	const made = await backUp({ source, path, now, signal, ...phases }).finally(() => phases.end());
	await writeDown(made, { path, now });
	const seconds = Math.round(performance.now() - began) / 1_000;
	// A server does not pause.
	const paused = source.databaseUrl ? '' : `; the database paused for ${number(Math.round(made.pauseMs))} ms`;
	const words = `${counted(made.rows, 'row')} of ${counted(made.tables, 'table')} and ${counted(made.jobs, 'pending job')} are in ${path}, read back and whole.
${size(made.bytes)}, ${counted(Math.ceil(seconds), 'second')}${paused}.\n`;
	process.stdout.write(json ? `${JSON.stringify({ file: path, ...made, seconds })}\n` : printableLines(words));
	return 0;
}

/** The file is whole also where the database has no room for a row, or is away by now. */
async function writeDown({ bytes, rows, seconds }: Made, { path, now }: { path: string; now: Date }) {
	const verified_at = new Date(now.getTime() + seconds * 1_000);
	try {
		const { db, close } = await siteDatabase();
		await recordBackup(db, { path, made_at: now, bytes, rows, seconds, verified_at }).finally(close);
	} catch (fault) {
		const why = printable(faultOf(fault).fault);
		process.stderr.write(`broadsheet: The file is whole, but /status will not show it: ${why}\n`);
	}
}

async function verify(path: string, { json, quiet, signal }: Options) {
	const phases = phaseLines(quiet ? null : process.stderr);
	try {
		const verified = await checkBackup({ path, signal, ...phases });
		phases.end();
		process.stdout.write(json ? `${JSON.stringify(summaryOf(verified))}\n` : printableLines(contentsText(verified)));
		return 0;
	} catch (fault) {
		phases.end();
		if (!(fault instanceof Refused) || fault.reason !== 'invalid') throw fault;
		process.stdout.write(json ? `${JSON.stringify({ file: path, refused: fault.message })}\n` : '');
		process.stderr.write(`broadsheet: ${printable(fault.message)}\n`);
		return 2;
	}
}

function summaryOf({ path, bytes, rows, jobs, header, trailer }: Verified) {
	const { version, madeAt, migrations } = header;
	const last = migrations.at(-1)?.name ?? null;
	return { file: path, bytes, rows, jobs, version, madeAt, lastMigration: last, tables: trailer.tables };
}

function contentsText({ path, bytes, jobs, header, trailer }: Verified) {
	const tables = header.tables.map(
		({ name }) => `  ${name.padEnd(24)} ${number(trailer.tables[name]!.rows).padStart(12)} rows\n`
	);
	return `${path} is whole: ${size(bytes)}, made on ${header.madeAt.slice(0, 16).replace('T', ' ')} UTC by Broadsheet ${header.version}.
${tables.join('')}  ${'pending jobs'.padEnd(24)} ${number(jobs).padStart(12)}\n`;
}
