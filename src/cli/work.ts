import { migrate } from '#server/db/migrate.ts';
import type { OpenDatabase } from '#server/db/connection.ts';
import { siteDatabase } from '#server/db/site-database.ts';
import { workJobs } from '#server/jobs/jobs.ts';
import { keepWorkingJobs } from '#server/jobs/keep-working.ts';
import { parseArgs } from 'node:util';
import { keepBeforeUpgrade } from '#server/backups/before-upgrade.ts';
import { config } from '#server/config.ts';
import { untilToldToStop } from './until-told-to-stop.ts';

export const help = `broadsheet work [--once] [--json]

Works the queue beside a server: on the same machine it shares the server's database, elsewhere it needs DATABASE_URL.
A queue that cannot be opened now is waited for. It stops cleanly on SIGTERM and SIGINT.

  --once  end when nothing is left that could begin now, but for finding similar papers; do not wait for a queue
  --json  with --once: say what was done as one JSON object
`;

export async function run(args: string[]): Promise<number> {
	const { values } = parseArgs({
		args,
		options: { once: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } }
	});
	// As in `serve`. With --once all of it may end anywhere: a job that was cut off is done again.
	let ending = false;
	const toldToStop = untilToldToStop();
	void toldToStop.then(() => !ending && process.exit(1));

	await using started = new AsyncDisposableStack();
	await keepBeforeUpgrade(config);
	const database = await siteDatabase();
	started.defer(database.close);
	await migrate(database.db);
	if (values.once) await workOnce(database, values);
	else {
		const jobs = await keepWorkingJobs(database);
		started.defer(jobs.stop);
		process.stderr.write(`${jobs.isOpen ? 'Working' : 'Waiting for'} the queue. Stop with Ctrl-C.\n`);
		ending = true;
		await toldToStop;
	}
	return 0;
}

async function workOnce(database: OpenDatabase, { json }: { json: boolean }) {
	const jobs = await workJobs(database);
	try {
		await jobs.untilEmpty();
	} finally {
		await jobs.stop();
	}
	if (json) process.stdout.write(`${JSON.stringify(jobs.done())}\n`);
}
