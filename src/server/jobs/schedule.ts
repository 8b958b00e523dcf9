import { config } from '#server/config.ts';

interface Scheduled {
	job: 'makeBackup';
	/** Five fields, in UTC: minute, hour, day, month, weekday. Null: never. */
	cron: string | null;
	why: string;
}

/**
 * What is enqueued by the clock. The queue keeps the time, in the database, so that of several processes one enqueues. An hour
 * that passed while none ran is made up for at the next start.
 */
export const SCHEDULE: Scheduled[] = [
	{ job: 'makeBackup', cron: dailyAt(config.backupAt), why: 'BACKUP_AT: a copy of everything, each night' }
];

/** `03:30` as a line of cron. */
function dailyAt(time: string | null) {
	if (time === null) return null;
	const [hour, minute] = time.split(':').map(Number);
	return `${minute} ${hour} * * *`;
}
