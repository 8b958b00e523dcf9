import { expect, test } from 'vitest';
import { hoursAgo, makeGoodBackup, makeFailedBackup, makeJob, makeProcess, makeStatus } from './make.ts';
import { metricsOf } from './metrics.ts';
import type { SiteStatus } from './status.ts';
import { samplesIn } from './test-samples.ts';

const samplesOf = async (status: SiteStatus) => samplesIn((await metricsOf(status)).text);

test('Prometheus is told the figures of the status, and of the process', async () => {
	const vacuums = { count: 4, longestMs: 350, lastMs: 20, lastAt: hoursAgo(1).toISOString() };
	const status = makeStatus({
		queue: [makeJob({ waiting: 2, failed: 1, longest_wait: 1.5 })],
		process: makeProcess({ vacuums }),
		backups: [makeFailedBackup('No room.'), makeGoodBackup()]
	});
	const samples = await samplesOf(status);
	expect(Object.fromEntries(samples)).toMatchObject({
		'broadsheet_build_info{version="0.2.0",database="embedded",postgresql="18.6"}': 1,
		broadsheet_database_up: 1,
		broadsheet_papers: 155_770,
		broadsheet_editions: 2_401,
		broadsheet_database_bytes: 700e6,
		broadsheet_folder_bytes: 800e6,
		broadsheet_free_bytes: 70e9,
		'broadsheet_jobs{name="renderPapersAgain",state="waiting"}': 2,
		'broadsheet_jobs{name="renderPapersAgain",state="failed"}': 1,
		'broadsheet_job_longest_wait_seconds{name="renderPapersAgain"}': 1.5,
		broadsheet_backup_last_good_timestamp_seconds: hoursAgo(8.5).getTime() / 1_000,
		broadsheet_backup_last_good_bytes: 90e6,
		broadsheet_backup_last_failed: 1,
		'broadsheet_upkeep_runs{work="vacuum"}': 4,
		'broadsheet_upkeep_longest_seconds{work="vacuum"}': 0.35,
		'broadsheet_alarm{name="backup_failed"}': 1,
		'broadsheet_alarm{name="disk_full"}': 0
	});
	expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
});

test('a label may hold anything', async () => {
	const samples = await samplesOf(makeStatus({ queue: [makeJob({ name: 'a "job"\\\nof two', waiting: 2 })] }));
	expect(samples.get(String.raw`broadsheet_jobs{name="a \"job\"\\\nof two",state="waiting"}`)).toBe(2);
});

test('what is not known is not told, least of all as it was', async () => {
	await metricsOf(makeStatus({ queue: [makeJob({ waiting: 2 })] }));
	const silent = { database: null, process: null, room: null, unsearchable: null, queue: null, backups: null };
	const away = makeStatus(silent);
	const samples = await samplesOf(away);
	expect(samples.get('broadsheet_database_up')).toBe(0);
	expect(samples.get('broadsheet_alarm{name="database_silent"}')).toBe(1);
	const told = [...samples.keys()].filter((series) =>
		/^broadsheet_(papers|editions|job|free|folder|backup|upkeep)/.test(series)
	);
	expect(told).toEqual([]);
});

test('a database that started again is counted', async () => {
	const restarts = async (hours: number) => {
		const process = makeProcess({ startedAt: hoursAgo(hours).toISOString() });
		return (await samplesOf(makeStatus({ process }))).get('broadsheet_database_restarts_total')!;
	};
	const before = await restarts(50);
	expect(await restarts(50)).toBe(before);
	expect(await restarts(2)).toBe(before + 1);
});
