import type { Backup, SiteStatus } from './status.ts';

const now = new Date('2026-11-24T12:00:00Z');

/** An instant so many hours before the one of every status here. */
export const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

/** The status of a site where all is well, but for what the test names. */
export function makeStatus(fields: Partial<SiteStatus> = {}): SiteStatus {
	return {
		at: now,
		version: '0.2.0',
		started_at: hoursAgo(50),
		kind: 'embedded',
		database: makeFigures(),
		mismatch: null,
		process: makeProcess(),
		room: { database: 700e6, folder: 800e6, free: 70e9 },
		unsearchable: 0,
		embeddings: null,
		queue: [],
		backups: [makeGoodBackup()],
		backup_at: '03:30',
		slow: [{ route: '/[day=day]', count: 1234, median_ms: 0.31, p99_ms: 14, worst_ms: 1204, from_cache: 0.987 }],
		...fields
	};
}

export function makeFigures(fields: Partial<NonNullable<SiteStatus['database']>> = {}) {
	return {
		version: '18.6',
		started_at: hoursAgo(49),
		now,
		newest_record: hoursAgo(5),
		made_at: hoursAgo(2_000),
		extensions: [{ name: 'pg_trgm', installed: true }],
		papers: 155_770,
		papers_estimated: true,
		editions: 2_401,
		first_day: '2007-05-29',
		latest_day: '2026-11-24',
		featured: 256,
		announced: 123_972,
		rejected: 0,
		...fields
	};
}

export function makeProcess(fields: Partial<NonNullable<SiteStatus['process']>> = {}) {
	const never = { count: 0, longestMs: 0, lastMs: null, lastAt: null };
	return {
		pid: 1,
		version: '0.2.0',
		startedAt: hoursAgo(50).toISOString(),
		clients: 3,
		units: 9,
		fsyncs: 9,
		rssBytes: 330e6,
		checkpoints: never,
		vacuums: never,
		copies: never,
		freeBytes: 70e9,
		full: false,
		...fields
	};
}

export function makeEmbeddings(fields: Partial<NonNullable<SiteStatus['embeddings']>> = {}) {
	return {
		model: 'nomic-embed-text',
		embedded: 155_770,
		refused: 0,
		papers_per_second: 24.4,
		answered_at: hoursAgo(1),
		failing_since: null,
		failure: null,
		ask_again_at: null,
		queries: { asked: 340, missed: 0, failing_since: null, failure: null },
		...fields
	};
}

export function makeGoodBackup(fields: Partial<Backup> = {}): Backup {
	return {
		made_at: hoursAgo(8.5),
		file: 'a.backup',
		bytes: 90e6,
		rows: 170_000,
		seconds: 21,
		verified_at: hoursAgo(8.4),
		failure: null,
		...fields
	};
}

export function makeFailedBackup(failure: string): Backup {
	return makeGoodBackup({ made_at: hoursAgo(1), bytes: null, rows: null, seconds: null, verified_at: null, failure });
}

export function makeJob(fields: Partial<NonNullable<SiteStatus['queue']>[number]> = {}) {
	return {
		name: 'renderPapersAgain',
		waiting: 0,
		later: 0,
		active: 0,
		failed: 0,
		longest_wait: null,
		last_failed_at: null,
		...fields
	};
}
