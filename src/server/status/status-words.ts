import type { Alarm } from './alarms.ts';
import { counted, jobInWords, size, span } from './amounts.ts';
import type { JobCount } from './queue-figures.ts';
import type { SiteStatus } from './status.ts';

/** A name and what is said under it. */
export interface Fact {
	name: string;
	says: string;
}

/** A sentence or two under the headline, before that of the latest edition. */
export function summaryOf(status: SiteStatus, alarms: readonly Alarm[]): string {
	return [moreAlarms(alarms.length), papersSentence(status)].filter(Boolean).join(' ');
}

const IN_WORDS = ['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

function moreAlarms(alarms: number) {
	if (alarms < 2) return null;
	return alarms === 2
		? 'One more thing needs a look.'
		: `${IN_WORDS[alarms - 1] ?? alarms - 1} more things need a look.`;
}

function papersSentence({ database }: SiteStatus) {
	if (!database) return 'How many papers it holds is not known until it answers.';
	if (database.papers === 0) return 'No papers have been taken in yet.';
	const { papers, papers_estimated, editions } = database;
	return `${papers_estimated ? 'About ' : ''}${counted(papers, 'paper')} and ${counted(editions, 'edition')} are here.`;
}

export function backupSentence({ at, backups }: SiteStatus): string | null {
	if (!backups) return null;
	const good = backups.find(({ failure }) => !failure);
	if (!good) return backups.length > 0 ? 'There is no good backup.' : 'No backup has been made yet.';
	const verified = good.verified_at ? ' and was verified' : '';
	return `The last good backup is ${span(at.getTime() - good.made_at.getTime())} old${verified}.`;
}

export function papersInWords({ database, unsearchable }: SiteStatus): Fact[] {
	if (!database) return [];
	const { papers, papers_estimated, editions, featured, announced, rejected } = database;
	return [
		{ name: 'Papers', says: `${papers_estimated ? 'about ' : ''}${whole(papers)}` },
		{ name: 'Editions', says: whole(editions) },
		{ name: 'Featured in them', says: whole(featured) },
		{ name: 'Announced in them', says: whole(announced) },
		...(rejected > 0
			? [{ name: 'Set aside by imports', says: rejected < 10_000 ? whole(rejected) : '10,000 or more' }]
			: []),
		...(unsearchable ? [{ name: 'Not found by search yet', says: whole(unsearchable) }] : [])
	];
}

const whole = (amount: number) => amount.toLocaleString('en-GB');

export function roomInWords({ room, process }: SiteStatus): Fact[] {
	if (!room) return [];
	const free = process?.freeBytes ?? room.free;
	return [
		{ name: 'Database', says: size(room.database) },
		...(room.folder === null ? [] : [{ name: 'Folder, with all in it', says: size(room.folder) }]),
		...(free === null ? [] : [{ name: 'Free on its disk', says: size(free) }])
	];
}

export function queueInWords({ queue }: SiteStatus): { facts: Fact[]; empty: string } {
	return {
		facts: (queue ?? []).map((job) => ({ name: sentenceCase(jobInWords(job.name)), says: statesOf(job) })),
		empty: queue ? 'Empty: nothing waits, nothing failed.' : 'Not known while the database does not answer.'
	};
}

function statesOf({ waiting, later, active, failed }: JobCount) {
	const states = [
		[waiting, 'waiting'],
		[later, 'for later'],
		[active, 'running'],
		[failed, 'failed']
	] as const;
	return states.flatMap(([amount, word]) => (amount > 0 ? [`${whole(amount)} ${word}`] : [])).join(', ');
}

const sentenceCase = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1);
