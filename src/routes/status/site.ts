import { config } from '#server/config.ts';
import { siteStatus } from '#server/status/status.ts';
import type { Db } from '#server/db/database.ts';

/** The status of the site that this process serves. */
export function statusOfThisSite({ db, now }: { db: Db; now: Date }) {
	const dataFolder = config.databaseUrl ? null : config.dataFolder;
	return siteStatus(db, { dataFolder, backupAt: config.backupAt, now });
}
