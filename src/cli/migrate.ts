import { parseArgs } from 'node:util';
import { keepBeforeUpgrade } from '#server/backups/before-upgrade.ts';
import { config } from '#server/config.ts';
import { migrate } from '#server/db/migrate.ts';
import { siteDatabase } from '#server/db/site-database.ts';

export const help = `broadsheet migrate [--json]

Brings the database to this version of Broadsheet. Steps that were done are not done again; \`serve\`, \`work\` and
\`import\` do the same before they start.
`;

export async function run(args: string[]): Promise<number> {
	const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
	await keepBeforeUpgrade(config);
	const { db, close } = await siteDatabase();
	try {
		const applied = await migrate(db);
		const words = applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'Nothing to do: the database is up to date.';
		process.stdout.write(values.json ? `${JSON.stringify({ applied })}\n` : `${words}\n`);
		return 0;
	} finally {
		await close();
	}
}
