import { parseArgs } from 'node:util';
import { config } from '#server/config.ts';
import { migrate } from '#server/db/migrate.ts';
import { siteDatabase } from '#server/db/site-database.ts';
import { startWebServer } from '#server/http/web-server.ts';
import { workJobs } from '#server/jobs/jobs.ts';
import { loadSamples } from './load-samples.ts';
import { untilToldToStop } from './until-told-to-stop.ts';

export const help = `broadsheet serve [--json]

Serves the pages on PORT (4680) of HOST (127.0.0.1) and works the queue. Into an empty database it loads the sample
papers first, unless SAMPLES=no. It stops cleanly on SIGTERM and SIGINT.

  --json  say the address as one JSON object on standard output
`;

export async function run(args: string[]): Promise<number> {
	const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
	const database = await siteDatabase();
	const { db, close } = database;
	try {
		await migrate(db);
		if (config.samples) await loadSamples(db);
		const web = await startWebServer(config);
		const jobs = await workJobs(database);
		process.stdout.write(
			values.json ? `${JSON.stringify({ address: web.address })}\n` : `Broadsheet is at ${web.address}\n`
		);
		await untilToldToStop();
		await Promise.all([web.stop(), jobs.stop()]);
		return 0;
	} finally {
		await close();
	}
}
