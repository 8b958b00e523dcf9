import { counted, jobInWords, size, span } from './amounts.ts';
import type { SiteStatus } from './status.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A nightly backup that was missed, and half a day to make it again. */
const BACKUP_OLD = 36 * HOUR;
const GB = 1_000_000_000;

/*
 * What makes each alarm go off: pure rules over a status, each a sentence or null. What is not known is no alarm; that the
 * database is silent is one of its own.
 */

/** The process of the embedded database answers also while the database works; long upkeep makes it wait. */
export function silenceSign({ database, process }: SiteStatus) {
	if (database) return null;
	return process ? 'The database is busy: it gives no answer within a second.' : 'The database does not answer.';
}

/** The tables, or the process that serves them, are of another version. */
export function mismatchSign({ mismatch, process, version }: SiteStatus) {
	if (mismatch || !process || process.version === version) return mismatch;
	return `The database’s process is of version ${process.version}, and this is ${version}.`;
}

/** A server whose clock is another, or records that are not written yet by ours. */
export function clockSign({ at, database, backups }: SiteStatus) {
	if (!database) return null;
	const ahead = database.now.getTime() - at.getTime();
	if (Math.abs(ahead) > MINUTE)
		return `The database’s clock is ${span(ahead)} ${ahead > 0 ? 'ahead of' : 'behind'} ours.`;
	const records = [database.newest_record, backups?.[0]?.made_at].map((one) => one?.getTime() ?? 0);
	const newest = Math.max(...records) - at.getTime();
	return newest > 5 * MINUTE ? `The clock is wrong: the newest record is ${span(newest)} ahead of it.` : null;
}

/** Nobody is reminded who has said BACKUP_AT=never. */
export function noBackupSign({ at, database, backups, backup_at }: SiteStatus) {
	if (!backups || !backup_at) return null;
	const good = backups.find(({ failure }) => !failure);
	if (good) {
		const age = at.getTime() - good.made_at.getTime();
		return age > BACKUP_OLD ? `The last ${good === backups[0] ? '' : 'good '}backup is ${span(age)} old.` : null;
	}
	const age = database ? at.getTime() - database.made_at.getTime() : 0;
	if (age <= BACKUP_OLD) return null;
	return backups.length > 0 ? 'None of the last backups was good.' : 'There is no backup.';
}

export function stuckQueueSign({ queue }: SiteStatus) {
	const waits = (queue ?? []).map(({ longest_wait }) => (longest_wait ?? 0) * 1_000);
	const longest = Math.max(0, ...waits);
	if (longest <= 15 * MINUTE) return null;
	const waiting = queue!.reduce((total, job) => total + job.waiting, 0);
	return `The queue is stuck: ${counted(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'}, the first for ${span(longest)}.`;
}

export function failedJobsSign({ at, queue }: SiteStatus) {
	const failed = (queue ?? []).filter(
		({ last_failed_at }) => last_failed_at && at.getTime() - last_failed_at.getTime() < 24 * HOUR
	);
	if (failed.length === 0) return null;
	return `A job failed for good: ${failed.map(({ name }) => jobInWords(name)).join(', ')}.`;
}

/** The database refuses writes below 48 MB, and in a folder that it may not write. */
export function fullDiskSign({ process }: SiteStatus) {
	if (!process?.full) return null;
	const why = process.freeBytes < 64e6 ? 'The disk is full' : 'The folder of the database cannot be written';
	return `${why}: writes are refused.`;
}

/** A backup copies the folder of the embedded database; a server’s disk is not ours to look at. */
export function lowDiskSign({ process, room }: SiteStatus) {
	const free = process?.freeBytes ?? room?.free;
	if (free === undefined || free === null || process?.full) return null;
	return free < GB + (room?.database ?? 0) ? `The disk is nearly full: ${size(free)} are free.` : null;
}

export function missingExtensionSign({ database }: SiteStatus) {
	if (!database || database.extensions.some(({ name, installed }) => name === 'pg_trgm' && installed)) return null;
	return 'The database lacks the extension pg_trgm.';
}

/** After an upgrade or a restore, until the queue has made their words. */
export function unsearchableSign({ unsearchable }: SiteStatus) {
	return unsearchable ? `${counted(unsearchable, 'paper')} cannot be found by search yet.` : null;
}

/** A model that is loaded anew is no reason to look. */
const ENDPOINT_AWAY = 10 * MINUTE;

export function silentEndpointSign({ at, embeddings }: SiteStatus) {
	const fails = [embeddings, embeddings?.queries].find(
		(one) => one?.failing_since && at.getTime() - one.failing_since.getTime() > ENDPOINT_AWAY
	);
	if (!fails) return null;
	return `The embedding endpoint has been of no use for ${span(at.getTime() - fails.failing_since!.getTime())}.`;
}

/** Started again while this process ran. */
export function restartSign({ at, started_at, process, database, kind }: SiteStatus) {
	const last = kind === 'embedded' ? process && new Date(process.startedAt) : database?.started_at;
	if (!last || last.getTime() - started_at.getTime() < MINUTE) return null;
	const ago = at.getTime() - last.getTime();
	return ago < HOUR ? `The database started again ${span(ago)} ago.` : null;
}
