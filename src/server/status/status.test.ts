import { sql } from 'kysely';
import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { featurePaper } from '#server/editions/feature.ts';
import { makePaper } from '#server/papers/make.ts';
import { alarmsOf } from './alarms.ts';
import { databaseFigures } from './database-figures.ts';
import { siteStatus } from './status.ts';
import { statusJson } from './status-json.ts';
import { statusPage } from './status-page.ts';
import { silentDatabase } from './test-silence.ts';

const site = () => ({ dataFolder: null, backupAt: '03:30', now: new Date() });

test('the status counts what is here, and knows the last backups', async ({ db }) => {
	const featured = await makePaper(db, { announced: '2026-01-30' });
	await makePaper(db, { announced: '2026-02-02' });
	await featurePaper(db, { day: '2026-02-02', key: featured.key, place: 1, now: new Date() });
	const made = { made_at: new Date(), file: 'secret-name.backup', bytes: 12, rows: 34, seconds: 0.5 };
	await db.insertInto('backup').values(made).execute();
	const { database, backups, ...status } = await siteStatus(db, site());
	expect(database).toMatchObject({
		papers: 2,
		papers_estimated: false,
		editions: 2,
		first_day: '2026-01-30',
		latest_day: '2026-02-02',
		featured: 1,
		announced: 2,
		rejected: 0
	});
	expect(database!.version).toMatch(/^1[78]\./);
	expect(database!.extensions).toContainEqual({ name: 'pg_trgm', installed: true });
	expect(Math.abs(database!.now.getTime() - Date.now())).toBeLessThan(60_000);
	expect(backups).toMatchObject([{ bytes: 12, rows: 34, verified_at: null, failure: null }]);
	expect(status).toMatchObject({ kind: 'server', mismatch: null, process: null, queue: [] });
	expect(status.room).toMatchObject({ folder: null, free: null });
	expect(status.room!.database).toBeGreaterThan(1e6);
});

test('the status tells of papers that search cannot find yet, for as long as there are some', async ({ db }) => {
	await makePaper(db);
	const { id } = await makePaper(db);
	await db.deleteFrom('paper_words').where('paper_id', '=', id).execute();
	const status = await siteStatus(db, site());
	expect(statusJson(status).papers).toMatchObject({ papers: 2, unsearchable: 1 });
	expect(alarmsOf({ ...status, started_at: status.at }).map(({ name }) => name)).toEqual(['search_incomplete']);
	expect(statusPage(status).papers).toContainEqual({ name: 'Not found by search yet', says: '1' });
});

test('an empty site is no alarm, and names no file of a backup', async ({ db }) => {
	const made = { made_at: new Date(), file: 'secret-name.backup', bytes: 12, rows: 0, seconds: 0.5 };
	await db.insertInto('backup').values(made).execute();
	const status = await siteStatus(db, site());
	// The database of the tests may have been started long after their process, which a site's would be an alarm.
	expect(alarmsOf({ ...status, started_at: status.at })).toEqual([]);
	expect(status.database).toMatchObject({ papers: 0, editions: 0, first_day: null, latest_day: null });
	expect(JSON.stringify(statusJson(status))).not.toContain('secret-name');
});

test('papers of a large table are estimated from its size', async ({ db }) => {
	for (let made = 0; made < 30; made += 1) await makePaper(db);
	await sql`analyze paper`.execute(db);
	const { papers, papers_estimated } = await databaseFigures(db, { countedUpTo: 0 });
	expect(papers_estimated).toBe(true);
	expect(papers).toBe(30);
});

test('a database that answers nothing leaves the rest of the status, in little more than a second', async () => {
	await using silence = await silentDatabase();
	const began = performance.now();
	const status = await siteStatus(silence.db, site());
	expect(performance.now() - began).toBeLessThan(2_000);
	expect(status).toMatchObject({ database: null, mismatch: null, queue: null, backups: null, room: null });
	expect(alarmsOf(status).map(({ name }) => name)).toEqual(['database_silent']);
	expect(statusJson(status)).toMatchObject({ headline: 'The database does not answer.', database: { answers: false } });
});

test('whoever asks often is told what was read a moment ago', async ({ db }) => {
	await makePaper(db);
	expect((await siteStatus(db, site())).database!.papers).toBe(1);
	await makePaper(db);
	expect((await siteStatus(db, site())).database!.papers).toBe(1);
});
