import { alarmsOf, RULES } from './alarms.ts';
import type { SiteStatus } from './status.ts';

export interface Sample {
	labels?: Record<string, string>;
	/** Null: not known, and then not told. */
	value: number | null | undefined;
}

/** A figure of the status as Prometheus is told it. Each has its line in docs/operations.md. */
export interface StatusMetric {
	name: string;
	help: string;
	labels?: string[];
	samples: (status: SiteStatus) => Sample[];
}

type Figure = (status: SiteStatus) => number | null | undefined;

const one = (name: string, help: string, figure: Figure): StatusMetric => ({
	name: `broadsheet_${name}`,
	help,
	samples: (status) => [{ value: figure(status) }]
});

const several = (name: string, help: string, labels: string[], samples: StatusMetric['samples']): StatusMetric => ({
	name: `broadsheet_${name}`,
	help,
	labels,
	samples
});

export const STATUS_METRICS: readonly StatusMetric[] = [
	several(
		'build_info',
		'The version of Broadsheet, and what it runs on.',
		['version', 'database', 'postgresql'],
		(status) => [
			{
				labels: { version: status.version, database: status.kind, postgresql: status.database?.version ?? '' },
				value: 1
			}
		]
	),
	several('alarm', 'Whether something has to be looked at, by name.', ['name'], (status) => {
		const raised = new Set(alarmsOf(status).map(({ name }) => name));
		return RULES.map(({ name }) => ({ labels: { name }, value: Number(raised.has(name)) }));
	}),
	one('papers', 'Papers; in a large table an estimate.', ({ database }) => database?.papers),
	one('papers_unsearchable', 'Papers that search cannot find yet.', ({ unsearchable }) => unsearchable),
	one('editions', 'Days with papers.', ({ database }) => database?.editions),
	one('latest_edition_timestamp_seconds', 'The day of the latest edition.', ({ database }) =>
		seconds(database?.latest_day)
	),
	one('rejected_records', 'Records that imports set aside, at most 10,000.', ({ database }) => database?.rejected),
	one('database_up', 'Whether the database answers within a second.', ({ database }) => Number(database !== null)),
	one('database_bytes', 'The database on its disk.', ({ room }) => room?.database),
	one('folder_bytes', 'The data folder, with backups that lie in it.', ({ room }) => room?.folder),
	one('free_bytes', 'Free on the disk of that folder.', ({ room, process }) => process?.freeBytes ?? room?.free),
	one(
		'writes_refused',
		'Whether writes are refused for want of room.',
		({ process }) => process && Number(process.full)
	),
	one('database_start_time_seconds', 'When the database started.', (status) => seconds(databaseStartOf(status))),
	one(
		'database_memory_bytes',
		'Resident memory of the embedded database’s process.',
		({ process }) => process?.rssBytes
	),
	one('database_clients', 'Connections to the embedded database.', ({ process }) => process?.clients),
	one('database_clock_ahead_seconds', 'The database’s clock against this process’s.', ({ database, at }) =>
		database ? (database.now.getTime() - at.getTime()) / 1_000 : null
	),
	several('jobs', 'Jobs that are not done.', ['name', 'state'], ({ queue }) =>
		(queue ?? []).flatMap((job) =>
			(['waiting', 'later', 'active', 'failed'] as const).map((state) => ({
				labels: { name: job.name, state },
				value: job[state]
			}))
		)
	),
	several(
		'job_longest_wait_seconds',
		'For how long the first job that could begin has waited.',
		['name'],
		({ queue }) => (queue ?? []).map(({ name, longest_wait }) => ({ labels: { name }, value: longest_wait ?? 0 }))
	),
	one('backup_last_good_timestamp_seconds', 'When the last good backup was made.', (status) =>
		seconds(goodBackupOf(status)?.made_at)
	),
	one('backup_last_good_bytes', 'Its size.', (status) => goodBackupOf(status)?.bytes),
	one('backup_last_failed', 'Whether the last backup failed.', ({ backups }) =>
		backups?.[0] ? Number(backups[0].failure !== null) : null
	),
	several('upkeep_runs', 'Checkpoints, vacuums and copies since the database started.', ['work'], worked('count')),
	several('upkeep_longest_seconds', 'The longest of them: everybody waits for it.', ['work'], worked('longestMs')),
	several('upkeep_last_seconds', 'The last of them.', ['work'], worked('lastMs'))
];

/** When the database started that answers now. */
export function databaseStartOf({ kind, process, database }: SiteStatus): string | Date | undefined {
	return kind === 'embedded' ? process?.startedAt : database?.started_at;
}

const goodBackupOf = ({ backups }: SiteStatus) => backups?.find(({ failure }) => !failure);

function seconds(at: string | Date | null | undefined) {
	return at ? new Date(at).getTime() / 1_000 : null;
}

function worked(figure: 'count' | 'longestMs' | 'lastMs'): StatusMetric['samples'] {
	return ({ process }) => {
		if (!process) return [];
		const { checkpoints, vacuums, copies } = process;
		return Object.entries({ checkpoint: checkpoints, vacuum: vacuums, copy: copies }).map(([work, done]) => {
			const amount = done[figure];
			return { labels: { work }, value: amount === null || figure === 'count' ? amount : amount / 1_000 };
		});
	};
}
