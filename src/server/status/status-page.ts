import { alarmsOf, headlineOf, type Alarm } from './alarms.ts';
import { instant } from './amounts.ts';
import { backupLines, backupsInWords, type BackupLine } from './backup-lines.ts';
import { partsInWords, type Part } from './parts-in-words.ts';
import { pauseLines, slowLines, type PauseLine, type SlowLine } from './slow-lines.ts';
import type { SiteStatus } from './status.ts';
import { backupSentence, papersInWords, queueInWords, roomInWords, summaryOf, type Fact } from './status-words.ts';

/** The page that says how the site is: all of it in words, to be laid out as it stands. */
export interface StatusPage {
	headline: string;
	summary: string;
	/** Of the last backup, in a sentence. */
	backup: string | null;
	at: { instant: string; words: string };
	alarms: Alarm[];
	parts: Part[];
	/** The day of the latest edition. */
	latest: string | null;
	papers: Fact[];
	room: Fact[];
	queue: { facts: Fact[]; empty: string };
	/** Null: not known. */
	backups: BackupLine[] | null;
	backupsWhen: string;
	slow: SlowLine[];
	pauses: PauseLine[];
}

export function statusPage(status: SiteStatus): StatusPage {
	const alarms = alarmsOf(status);
	return {
		headline: headlineOf(alarms),
		summary: summaryOf(status, alarms),
		backup: backupSentence(status),
		at: { instant: status.at.toISOString(), words: instant(status.at) },
		alarms,
		parts: partsInWords(status),
		latest: status.database?.latest_day ?? null,
		papers: papersInWords(status),
		room: roomInWords(status),
		queue: queueInWords(status),
		backups: backupLines(status),
		backupsWhen: backupsInWords(status),
		slow: slowLines(status),
		pauses: pauseLines(status)
	};
}
