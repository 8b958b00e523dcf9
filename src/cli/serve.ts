import { parseArgs } from 'node:util';
import { dropKept, keepBeforeUpgrade } from '#server/backups/before-upgrade.ts';
import { config } from '#server/config.ts';
import { migrate } from '#server/db/migrate.ts';
import { siteDatabase } from '#server/db/site-database.ts';
import { startWebServer } from '#server/http/web-server.ts';
import { within } from '#server/http/within.ts';
import { keepWorkingJobs } from '#server/jobs/keep-working.ts';
import { loadSamples } from './load-samples.ts';
import { untilToldToStop } from './until-told-to-stop.ts';

export const help = `broadsheet serve [--json]

Serves the pages on PORT (4680) of HOST (127.0.0.1) and works the queue. Into an empty database it loads the sample
papers first, unless SAMPLES=no. It stops cleanly on SIGTERM and SIGINT.

  --json  say the address as one JSON object on standard output
`;

/** Milliseconds. */
const LONGEST_FOR_QUEUE = 5_000;
/** Milliseconds after which the rest is cut off, as a power cut would: nothing that was acknowledged is lost. */
const LONGEST_STOP = 10_000;

export async function run(args: string[]): Promise<number> {
	const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
	// A start ends at once: each of its steps is a transaction. Unheard, a signal is ignored by the first process of a container.
	let starting = true;
	const toldToStop = untilToldToStop();
	void toldToStop.then(() => starting && process.exit(1));

	// Whatever ends this, what was started is stopped, the last first, so that the process ends too.
	await using started = new AsyncDisposableStack();
	await keepBeforeUpgrade(config);
	const database = await siteDatabase();
	started.defer(database.close);
	await migrate(database.db);
	if (config.samples) await loadSamples(database.db);
	const jobs = keepWorkingJobs(database);
	const stopJobs = async () => (await jobs).stop();
	started.defer(stopJobs);
	// Making the queue would hold up the first visitors, so it goes first; but a queue that hangs keeps nobody from the pages.
	await within(LONGEST_FOR_QUEUE, jobs);
	const web = await startWebServer({ ...config, db: database.db });
	// Both at once: each has 8 seconds for what it has begun.
	started.defer(async () => void (await Promise.all([web.stop(), stopJobs()])));
	process.stdout.write(
		values.json ? `${JSON.stringify({ address: web.address })}\n` : `Broadsheet is at ${web.address}\n`
	);
	starting = false;
	await dropKept(config);
	await toldToStop;
	setTimeout(() => process.exit(1), LONGEST_STOP).unref();
	return 0;
}
