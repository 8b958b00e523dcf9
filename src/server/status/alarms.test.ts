import { expect, test } from 'vitest';
import { alarmsOf, headlineOf, RULES } from './alarms.ts';
import {
	hoursAgo,
	makeEmbeddings,
	makeFailedBackup,
	makeFigures,
	makeGoodBackup,
	makeJob,
	makeProcess,
	makeStatus
} from './make.ts';
import type { SiteStatus } from './status.ts';

const silent = { database: null, process: null, queue: null, backups: null };
const onServer = { kind: 'server', process: null, room: { database: 7e8, folder: null, free: null } } as const;
const newer = 'The database was made by a newer version of Broadsheet (it knows 0009_votes.sql); start that version.';
const backup = (hours: number) => makeGoodBackup({ made_at: hoursAgo(hours) });
const failed = makeFailedBackup('No room.');
const started = (hours: number) => makeProcess({ startedAt: hoursAgo(hours).toISOString() });

/** What is so, the alarms that go off, and the first sentence of the page. */
const EXAMPLES: [what: string, so: Partial<SiteStatus>, alarms: string, headline: string][] = [
	['no database', silent, 'database_silent', 'The database does not answer.'],
	[
		'a database that works at something long',
		{ ...silent, process: makeProcess() },
		'database_silent',
		'The database is busy: it gives no answer within a second.'
	],
	['a newer database', { mismatch: newer }, 'version_mismatch', newer],
	[
		'a database’s process of before an upgrade',
		{ process: makeProcess({ version: '0.1.0' }) },
		'version_mismatch',
		'The database’s process is of version 0.1.0, and this is 0.2.0.'
	],
	[
		'a full disk',
		{ process: makeProcess({ full: true, freeBytes: 1e6 }) },
		'disk_full',
		'The disk is full: writes are refused.'
	],
	[
		'a folder that was made read-only',
		{ process: makeProcess({ full: true, freeBytes: 70e9 }) },
		'disk_full',
		'The folder of the database cannot be written: writes are refused.'
	],
	[
		'papers whose words are yet to be made',
		{ unsearchable: 1_204 },
		'search_incomplete',
		'1,204 papers cannot be found by search yet.'
	],
	[
		'less room than a copy needs',
		{ process: makeProcess({ freeBytes: 1.6e9 }) },
		'disk_low',
		'The disk is nearly full: 1.6 GB are free.'
	],
	[
		'a server whose clock is ahead',
		{ database: makeFigures({ now: hoursAgo(-3) }) },
		'clock_wrong',
		'The database’s clock is 3 hours ahead of ours.'
	],
	[
		'a server whose clock is behind',
		{ database: makeFigures({ now: hoursAgo(72) }) },
		'clock_wrong',
		'The database’s clock is 3 days behind ours.'
	],
	[
		'a clock that went back after papers were written',
		{ database: makeFigures({ newest_record: hoursAgo(-72) }) },
		'clock_wrong',
		'The clock is wrong: the newest record is 3 days ahead of it.'
	],
	[
		'a clock that went back after a backup',
		{ backups: [backup(-2)] },
		'clock_wrong',
		'The clock is wrong: the newest record is 2 hours ahead of it.'
	],
	[
		'a backup that failed after a good one',
		{ backups: [failed, backup(8)] },
		'backup_failed',
		'The last backup failed.'
	],
	['a night that was missed', { backups: [backup(37)] }, 'backup_old', 'The last backup is 37 hours old.'],
	['three nights that were', { backups: [backup(80)] }, 'backup_old', 'The last backup is 3 days old.'],
	[
		'backups that fail for days',
		{ backups: [failed, backup(80)] },
		'backup_failed backup_old',
		'The last backup failed.'
	],
	['backups that always failed', { backups: [failed] }, 'backup_failed backup_old', 'The last backup failed.'],
	['no backup ever', { backups: [] }, 'backup_old', 'There is no backup.'],
	[
		'a queue that nobody works',
		{ queue: [makeJob({ waiting: 3, longest_wait: 7_300 })] },
		'queue_stuck',
		'The queue is stuck: 3 jobs wait, the first for 2 hours.'
	],
	[
		'a job that failed today',
		{ queue: [makeJob({ failed: 2, last_failed_at: hoursAgo(3) })] },
		'jobs_failed',
		'A job failed for good: render papers again.'
	],
	[
		'an extension that is offered only',
		{ database: makeFigures({ extensions: [{ name: 'pg_trgm', installed: false }] }) },
		'extension_missing',
		'The database lacks the extension pg_trgm.'
	],
	[
		'an embedding endpoint that has been away for an hour',
		{ embeddings: makeEmbeddings({ failing_since: hoursAgo(1), failure: 'It cannot be reached.' }) },
		'embeddings_silent',
		'The embedding endpoint has been of no use for 60 minutes.'
	],
	[
		'one that gives searches nothing',
		{
			embeddings: makeEmbeddings({
				queries: { asked: 9, missed: 9, failing_since: hoursAgo(0.5), failure: 'It cannot be reached.' }
			})
		},
		'embeddings_silent',
		'The embedding endpoint has been of no use for 30 minutes.'
	],
	[
		'a database that started again',
		{ process: started(0.2) },
		'database_restarted',
		'The database started again 12 minutes ago.'
	],
	[
		'a server that started again',
		{ ...onServer, database: makeFigures({ started_at: hoursAgo(0.55) }) },
		'database_restarted',
		'The database started again 33 minutes ago.'
	],
	[
		'several things, the gravest first',
		{
			process: makeProcess({ full: true, freeBytes: 2e7 }),
			backups: [],
			queue: [makeJob({ waiting: 1, longest_wait: 4_000 })]
		},
		'disk_full backup_old queue_stuck',
		'The disk is full: writes are refused.'
	]
];

test.for(EXAMPLES)('%s', ([, so, names, headline]) => {
	const alarms = alarmsOf(makeStatus(so));
	expect(alarms.map(({ name }) => name).join(' ')).toBe(names);
	expect(headlineOf(alarms)).toBe(headline);
});

test.for<[what: string, so: Partial<SiteStatus>]>([
	['all that is well', {}],
	['a server', onServer],
	['just enough room', { process: makeProcess({ freeBytes: 1.8e9 }) }],
	['clocks of two machines that differ a little', { database: makeFigures({ now: hoursAgo(-0.01) }) }],
	['a backup of last night, in the next night', { backups: [backup(35)] }],
	['no backup in the first night', { backups: [], database: makeFigures({ made_at: hoursAgo(20) }) }],
	['no backup where none is wanted', { backups: [], backup_at: null }],
	['a queue at work', { queue: [makeJob({ waiting: 300, active: 1, longest_wait: 600 })] }],
	['a job that failed last week', { queue: [makeJob({ failed: 1, last_failed_at: hoursAgo(100) })] }],
	['a start of everything', { started_at: hoursAgo(0.2), process: started(0.2) }],
	['an embedding endpoint that answers', { embeddings: makeEmbeddings() }],
	[
		'one that loads its model',
		{ embeddings: makeEmbeddings({ failing_since: hoursAgo(0.1), failure: 'It asks to wait.' }) }
	],
	['a database that started again long ago', { process: started(2) }]
])('%s is no alarm', ([, so]) => {
	const alarms = alarmsOf(makeStatus(so));
	expect(alarms).toEqual([]);
	expect(headlineOf(alarms)).toBe('Everything runs.');
});

test('what cannot wait comes before what can', () => {
	const graves = RULES.map(({ grave }) => grave);
	expect(graves).toEqual(graves.toSorted((a, b) => Number(b) - Number(a)));
});
