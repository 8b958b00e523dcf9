import { parseArgs } from 'node:util';
import type { Change } from '#server/backups/changed-since.ts';
import { moveDatabase } from '#server/backups/move-database.ts';
import { config } from '#server/config.ts';
import { Refused } from '#server/refused.ts';
import { interruptible } from './interruptible.ts';
import { phaseLines } from './phase-lines.ts';
import { number } from './quantities.ts';
import { restoredText } from './restore.ts';

export const help = `broadsheet move --to URL [--json] [--quiet]

Copies everything to an empty database of a PostgreSQL server, as postgres://user@host:5432/name, and compares the checksum of every
table. What is here stays as it is, also where it is of an older version. It can be cut off and run again: it goes on with the copy
that it made. Until it is done, nothing else uses the target. Stop Broadsheet first, so that nothing is written meanwhile; it says so if something was.

  --to     the database to move to: UTF8, PostgreSQL 17 or newer, with pg_trgm. PGPASSWORD may hold its password
  --json   print the summary as one JSON object
  --quiet  no progress

Exit status: 0 done, 1 it could not run, 2 done, but the source was written to since it was copied, 130 it was cut off: run it again.
`;

export async function run(args: string[]): Promise<number> {
	const { values } = parseArgs({
		args,
		options: {
			to: { type: 'string' },
			json: { type: 'boolean', default: false },
			quiet: { type: 'boolean', default: false }
		}
	});
	const { to, ...rest } = values;
	// The value may hold a password, so it is not repeated.
	if (!to || !URL.canParse(to) || !/^postgres(ql)?:$/.test(new URL(to).protocol))
		throw new Refused('invalid', 'Say where to: broadsheet move --to postgres://user@host:5432/name.');
	return interruptible('run it again to go on', (signal) => move(to, { ...rest, signal }));
}

async function move(to: string, { json, quiet, signal }: { json: boolean; quiet: boolean; signal: AbortSignal }) {
	const began = performance.now();
	const phases = phaseLines(quiet ? null : process.stderr);
	try {
		const source = { dataFolder: config.dataFolder, databaseUrl: config.databaseUrl };
		const { changes, ...restored } = await moveDatabase({ source, to, now: new Date(), signal, ...phases });
		phases.end();
		const seconds = Math.round(performance.now() - began) / 1_000;
		const words = `${restoredText(restored, seconds)}${changes.length > 0 ? changedText(changes) : 'Set DATABASE_URL to that address, and start.\n'}`;
		process.stdout.write(json ? `${JSON.stringify({ ...restored, changes, seconds })}\n` : words);
		return changes.length > 0 ? 2 : 0;
	} finally {
		phases.end();
	}
}

function changedText(changes: Change[]) {
	const what = changes.map(({ table, written, gone }) => `${table} (${number(written)} written, ${number(gone)} gone)`);
	return `But the source was written to since it was copied: ${what.join(', ')}. That is not in the target. To have it, stop Broadsheet,
empty the target and move again; else set DATABASE_URL to that address, and start.\n`;
}
