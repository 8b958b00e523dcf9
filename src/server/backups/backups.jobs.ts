import { config } from '#server/config.ts';
import type { Db } from '#server/db/database.ts';
import { faultOf, log } from '#server/log.ts';
import { makeNightlyBackup } from './backups.ts';

/** Makes the nightly backup, as the settings say. It is tried again when it fails. */
export async function makeBackup(db: Db, _payload: unknown, signal: AbortSignal): Promise<{ more: boolean }> {
	const { dataFolder, databaseUrl, backupFolder: folder, backupAt, backupsKept: kept } = config;
	// It was enqueued before the setting was changed to never.
	if (backupAt === null) return { more: false };
	const source = { dataFolder, databaseUrl };
	try {
		await makeNightlyBackup(db, { source, folder, at: backupAt, kept, now: new Date(), signal });
	} catch (fault) {
		// The process stops, and the job goes back.
		if (!signal.aborted) log('error', 'The nightly backup failed', { folder, ...faultOf(fault) });
		throw fault;
	}
	return { more: false };
}
