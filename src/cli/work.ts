import { migrate } from '#server/db/migrate.ts';
import { siteDatabase } from '#server/db/site-database.ts';
import { workJobs } from '#server/jobs/jobs.ts';
import { parseArgs } from 'node:util';
import { untilToldToStop } from './until-told-to-stop.ts';

export const help = `broadsheet work [--once] [--json]

Works the queue beside a server: on the same machine it shares the server's database, elsewhere it needs DATABASE_URL.
It stops cleanly on SIGTERM and SIGINT.

  --once  end when the queue is empty
  --json  with --once: say what was done as one JSON object
`;

export async function run(args: string[]): Promise<number> {
	const { values } = parseArgs({
		args,
		options: { once: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } }
	});
	const database = await siteDatabase();
	const { db, close } = database;
	try {
		await migrate(db);
		const jobs = await workJobs(database);
		if (!values.once) process.stderr.write('Working the queue. Stop with Ctrl-C.\n');
		await (values.once ? jobs.untilEmpty() : untilToldToStop());
		await jobs.stop();
		if (values.json) process.stdout.write(`${JSON.stringify(jobs.done())}\n`);
		return 0;
	} finally {
		await close();
	}
}
