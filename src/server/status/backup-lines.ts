import { instant, milliseconds, size, span } from './amounts.ts';
import type { Backup, SiteStatus } from './status.ts';
import { withoutPlaces } from './without-places.ts';

/** One backup as a row of the table. */
export interface BackupLine {
	at: string;
	made: string;
	age: string;
	rows: string;
	size: string;
	took: string;
	state: 'full' | 'half' | 'open';
	word: string;
	/** Why it failed. */
	why: string | null;
}

const SHOWN = 7;

export function backupLines({ at, backups }: SiteStatus): BackupLine[] | null {
	return backups?.slice(0, SHOWN).map((backup) => lineOf(backup, at)) ?? null;
}

export function backupsInWords({ backup_at }: SiteStatus): string {
	return backup_at ? `One is made each day at ${backup_at} UTC.` : 'None is made by itself: BACKUP_AT is “never”.';
}

function lineOf(backup: Backup, at: Date): BackupLine {
	return {
		at: backup.made_at.toISOString(),
		made: instant(backup.made_at),
		age: span(at.getTime() - backup.made_at.getTime()),
		rows: backup.failure ? '' : (backup.rows?.toLocaleString('en-GB') ?? ''),
		size: backup.failure || backup.bytes === null ? '' : size(backup.bytes),
		took: backup.seconds === null ? '' : timeOf(backup.seconds),
		...outcomeOf(backup)
	};
}

const timeOf = (seconds: number) => (seconds < 120 ? milliseconds(seconds * 1_000) : span(seconds * 1_000));

function outcomeOf({ failure, verified_at }: Backup) {
	if (failure) return { state: 'open', word: 'failed', why: withoutPlaces(failure) } as const;
	if (verified_at) return { state: 'full', word: 'verified', why: null } as const;
	return { state: 'half', word: 'not verified', why: null } as const;
}
