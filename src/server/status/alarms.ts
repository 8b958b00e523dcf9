import {
	clockSign,
	failedJobsSign,
	fullDiskSign,
	lowDiskSign,
	mismatchSign,
	missingExtensionSign,
	noBackupSign,
	restartSign,
	silenceSign,
	silentEndpointSign,
	stuckQueueSign,
	unsearchableSign
} from './signs.ts';
import type { SiteStatus } from './status.ts';

/** Something that a person has to look at. Each has its heading in docs/operations.md. */
export interface Alarm {
	name: string;
	/** Whether it cannot wait. */
	grave: boolean;
	/** What is, in a sentence. */
	headline: string;
	/** What to do about it. */
	advice: string;
}

interface Rule extends Omit<Alarm, 'headline'> {
	/** What is, where it is so. */
	sign: (status: SiteStatus) => string | null;
}

/** The gravest first: the first that holds is the headline of the page. */
export const RULES: readonly Rule[] = [
	{
		name: 'database_silent',
		grave: true,
		sign: silenceSign,
		advice:
			'Pages that were read lately are still shown; the rest has to wait. An embedded database starts again by itself: its log says what keeps it from doing so. Of a server, look whether it runs and can be reached.'
	},
	{
		name: 'version_mismatch',
		grave: true,
		sign: mismatchSign,
		advice: 'Start the version of Broadsheet that the database belongs to, and no other beside it.'
	},
	{
		name: 'disk_full',
		grave: true,
		sign: fullDiskSign,
		advice:
			'Make room on the disk of the database. Pages are shown meanwhile, and writing goes on by itself once there is some.'
	},
	{
		name: 'clock_wrong',
		grave: true,
		sign: clockSign,
		advice: 'Set the clock of the machine, and have it kept right. What was written by a wrong clock keeps its dates.'
	},
	{
		name: 'extension_missing',
		grave: true,
		sign: missingExtensionSign,
		advice: 'Install it on the server, and start Broadsheet again.'
	},
	{
		name: 'backup_failed',
		grave: true,
		sign: ({ backups }) => (backups?.[0]?.failure ? 'The last backup failed.' : null),
		advice: 'The list of backups says why. Mend it, and run “broadsheet backup”.'
	},
	{
		name: 'backup_old',
		grave: false,
		sign: noBackupSign,
		advice: 'Look whether “broadsheet serve” ran at the hour of the backup, and run “broadsheet backup”.'
	},
	{
		name: 'queue_stuck',
		grave: false,
		sign: stuckQueueSign,
		advice: 'Somebody has to work the queue: “broadsheet serve” or “broadsheet work”. Where one runs, start it again.'
	},
	{
		name: 'jobs_failed',
		grave: false,
		sign: failedJobsSign,
		advice:
			'The reason is in the log of whoever worked the queue. A job is here when it has failed as often as it is tried.'
	},
	{
		name: 'search_incomplete',
		grave: false,
		sign: unsearchableSign,
		advice: 'Their words are being made, the newest papers first; nothing has to be done while the queue is worked.'
	},
	{
		name: 'disk_low',
		grave: false,
		sign: lowDiskSign,
		advice: 'Make room on the disk of the database: a backup first copies its folder, and needs as much again.'
	},
	{
		name: 'embeddings_silent',
		grave: false,
		sign: silentEndpointSign,
		advice:
			'Searches go on by words alone. Look whether what EMBEDDINGS_URL names runs, and has EMBEDDINGS_MODEL; the rest is made up for by itself.'
	},
	{
		name: 'database_restarted',
		grave: false,
		sign: restartSign,
		advice: 'Once is no harm: nothing that was acknowledged is lost. If it happens again, its log says why it ended.'
	}
];

/** All that a person has to look at, the gravest first. Pure. */
export function alarmsOf(status: SiteStatus): Alarm[] {
	return RULES.flatMap(({ name, grave, sign, advice }) => {
		const headline = sign(status);
		return headline ? [{ name, grave, headline, advice }] : [];
	});
}

/** The first sentence of the page: the truth of the moment. */
export const headlineOf = (alarms: readonly Alarm[]) => alarms[0]?.headline ?? 'Everything runs.';
