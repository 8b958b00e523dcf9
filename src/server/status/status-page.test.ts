import { expect, test } from 'vitest';
import {
	hoursAgo,
	makeEmbeddings,
	makeGoodBackup,
	makeFailedBackup,
	makeJob,
	makeProcess,
	makeStatus
} from './make.ts';
import { statusPage } from './status-page.ts';

test('the page says how the site is', () => {
	const copies = { count: 2, longestMs: 2_412, lastMs: 900, lastAt: hoursAgo(8).toISOString() };
	const page = statusPage(
		makeStatus({ queue: [makeJob({ waiting: 12, failed: 1 })], process: makeProcess({ copies }) })
	);
	expect(page).toMatchObject({
		headline: 'Everything runs.',
		summary: 'About 155,770 papers and 2,401 editions are here.',
		backup: 'The last good backup is 8 hours old and was verified.',
		at: { instant: '2026-11-24T12:00:00.000Z', words: '24 November 2026, 12:00 UTC' },
		latest: '2026-11-24',
		alarms: [],
		queue: { facts: [{ name: 'Render papers again', says: '12 waiting, 1 failed' }] },
		backupsWhen: 'One is made each day at 03:30 UTC.'
	});
	expect(page.parts.map(({ word, name, says }) => `${word}: ${name}. ${says}`)).toEqual([
		'runs: Broadsheet 0.2.0. Since 22 November 2026, 10:00 UTC, for 2 days.',
		'answers: PostgreSQL 18.6. The embedded database. Since 22 November 2026, 10:00 UTC, for 2 days. It takes 330 MB of memory.',
		'there: The extension pg_trgm. It finds parts of names.'
	]);
	expect(page.room.map(({ name, says }) => `${name}: ${says}`)).toEqual([
		'Database: 700 MB',
		'Folder, with all in it: 800 MB',
		'Free on its disk: 70 GB'
	]);
	expect(page.slow).toEqual([
		{ page: 'An edition', asked: '1,234', fromCache: '99 %', median: '0.3 ms', p99: '14 ms', worst: '1.2 s' }
	]);
	expect(page.pauses.at(-1)).toEqual({
		work: 'Copy of the folder',
		times: '2',
		longest: '2.4 s',
		last: '900 ms, 8 hours ago'
	});
});

test('while the database is away, the page says so, and nothing that is not known', () => {
	const page = statusPage(makeStatus({ database: null, process: null, queue: null, backups: null, room: null }));
	expect(page).toMatchObject({
		headline: 'The database does not answer.',
		summary: 'How many papers it holds is not known until it answers.',
		backup: null,
		latest: null,
		papers: [],
		room: [],
		queue: { facts: [], empty: 'Not known while the database does not answer.' },
		backups: null,
		pauses: []
	});
	expect(page.parts.map(({ word, name }) => `${word}: ${name}`)).toEqual([
		'runs: Broadsheet 0.2.0',
		'silent: The embedded database'
	]);
});

test('a backup that failed says why, without a path, and one that was not read back says that', () => {
	const { summary, backups } = statusPage(
		makeStatus({
			backups: [makeFailedBackup('There is no room in /home/anna/backups.'), makeGoodBackup({ verified_at: null })],
			queue: [makeJob({ waiting: 1, longest_wait: 4_000 })]
		})
	);
	expect(summary).toMatch(/^One more thing needs a look\. About/);
	expect(backups).toMatchObject([
		{ age: '60 minutes', size: '', word: 'failed', why: 'There is no room in …' },
		{ age: '8 hours', size: '90 MB', rows: '170,000', took: '21.0 s', word: 'not verified', why: null }
	]);
});

const vectors = (fields: Parameters<typeof makeEmbeddings>[0]) =>
	statusPage(makeStatus({ embeddings: makeEmbeddings(fields) })).parts.at(-1)!;

test('an embedding endpoint is told with how far it is, how fast, and how long it takes', () => {
	expect(vectors({ embedded: 12_300, refused: 2 })).toEqual({
		state: 'half',
		word: 'in the making',
		name: 'Vectors by nomic-embed-text',
		says: '12,300 of about 155,770 papers have vectors; 24 a second, about 97 minutes to go. The model refuses the texts of 2 papers.'
	});
	expect(vectors({})).toMatchObject({
		state: 'full',
		word: 'there',
		says: '155,770 of about 155,770 papers have vectors.'
	});
});

test('an embedding endpoint that is away says since when, why, and when it is asked again', () => {
	const failing = { failing_since: hoursAgo(3), failure: 'It cannot be reached.', ask_again_at: hoursAgo(-0.25) };
	expect(vectors({ embedded: 300, papers_per_second: null, ...failing })).toMatchObject({
		state: 'open',
		word: 'silent',
		says: '300 of about 155,770 papers have vectors. No answer of use for 3 hours. It cannot be reached. It is asked again in 15 minutes.'
	});
	const queries = { asked: 1_340, missed: 12, failing_since: hoursAgo(0.2), failure: 'It cannot be reached.' };
	expect(vectors({ queries }).says).toBe(
		'155,770 of about 155,770 papers have vectors. To queries: No answer of use for 12 minutes. It cannot be reached. Since the start 12 of 1,340 searches went without.'
	);
});
