import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { broadsheet } from './broadsheet.ts';
import { inFolder, sizeOf } from './folders.ts';
import { firstPapers } from './import.ts';
import { paperFiles } from './paper-files.ts';
import { progressOf } from './progress.ts';
import { pathsOf, pathsThere, readFor, readUntil, summaryOf, type Wait } from './readers.ts';
import { memoryOf, rounded, runningDatabase, serve, type Served } from './served.ts';
import { countFailures, type Failures } from './soak/failures.ts';
import { questionsOf } from './search/questions.ts';
import { growthOf, type Look } from './soak/growth.ts';
import { importUntilStopped } from './soak/imports.ts';
import { watchMaintenance } from './soak/maintenance.ts';

export const options = { papers: 150_000, minutes: 30 };

const ALONE_SECONDS = 20;
const SECONDS_BETWEEN_LOOKS = 10;
/** Papers that are made stale each so many seconds, for the queue to render again. */
const STALE = { papers: 1_000, seconds: 60 };

/**
 * 150,000 papers embedded, and for half an hour at once: four readers who open pages of every kind and search, an import that
 * goes on and on, the queue rendering papers again, and a backup in the middle. Beside it, the same readers alone. What counts is the
 * worst wait outside of the database's own work, the longest such work, and whether folder and memory grow.
 */
export async function run({ json, papers, minutes }: typeof options & { json: boolean }) {
	await inFolder(async (folder) => {
		const dataFolder = join(folder, 'data');
		const files = await firstPapers(paperFiles(), { folder, papers });
		console.error(`Importing ${papers} papers …`);
		await broadsheet(dataFolder, ['import', '--quiet', ...files]);
		const site = await serve(dataFolder);
		const { db, close } = await openDatabase({ dataFolder, databaseUrl: null });
		try {
			const paths = await pathsThere(site.address, [
				...(await pathsOf(site.address)),
				...(await somePapers(db)),
				...(await someSearches(db))
			]);
			const pages = { address: site.address, paths };
			const alone = await readFor(ALONE_SECONDS, pages);
			const end = performance.now() + minutes * 60_000;
			const stopped = () => performance.now() > end;
			const waits: Wait[] = [];
			const failures = countFailures();
			const [, looks, maintenance, imports, backup] = await Promise.all([
				readUntil(stopped, pages, waits),
				lookUntil(stopped, { dataFolder, site, waits, minutes }),
				watchMaintenance(dataFolder, stopped),
				importUntilStopped({ dataFolder, folder, files: paperFiles(), stopped, failures }),
				backUp({ dataFolder, file: join(folder, 'backup'), after: minutes * 30_000, failures }),
				keepQueueBusy({ db, dataFolder, stopped, failures })
			]);
			report({ alone, waits, looks, maintenance, imports, backup, failures: failures.count(), json });
		} finally {
			await close();
			await site.stop();
		}
	});
}

/** Pages that nobody has asked for before. */
async function somePapers(db: Db) {
	const { rows } = await sql<{ key: string }>`select key from paper where id % 300 = 1 limit 500`.execute(db);
	return rows.map(({ key }) => `/papers/${key}`);
}

/** One page in seven is a search, of every kind. */
async function someSearches(db: Db) {
	const questions = await questionsOf(db, { each: 12, seed: 5 });
	return questions.map(({ path }) => path);
}

async function keepQueueBusy({ db, dataFolder, stopped, failures }: Work & { db: Db; stopped: () => boolean }) {
	for (let turn = 0; !stopped(); turn += 1) {
		const first = turn * STALE.papers;
		await failures.noted('a job', async () => {
			await sql`update paper set renderer = 0 where id > ${first} and id <= ${first + STALE.papers}`.execute(db);
			// A worker asks for what is stale when it starts; the site's own works beside it.
			await broadsheet(dataFolder, ['work', '--once']);
		});
		for (let second = 0; second < STALE.seconds && !stopped(); second += 1) await pause(1_000);
	}
}

interface Work {
	dataFolder: string;
	failures: Failures;
}

/** Gives the seconds that a backup took. Null: it failed. */
async function backUp({ dataFolder, file, after, failures }: Work & { file: string; after: number }) {
	let seconds: number | null = null;
	await pause(after);
	const began = performance.now();
	await failures.noted('the backup', async () => {
		await broadsheet(dataFolder, ['backup', file]);
		seconds = (performance.now() - began) / 1000;
	});
	return seconds;
}

interface Looking {
	dataFolder: string;
	site: Served;
	waits: Wait[];
	minutes: number;
}

async function lookUntil(stopped: () => boolean, { dataFolder, site, waits, minutes }: Looking) {
	const looks: Look[] = [];
	const tell = progressOf('seconds', minutes * 60);
	const began = performance.now();
	while (!stopped()) {
		const database = memoryOf(await runningDatabase(dataFolder)) ?? 0;
		looks.push({ at: Date.now(), folder: sizeOf(dataFolder), web: memoryOf(site.pid) ?? 0, database });
		const { folder, web } = looks.at(-1)!;
		const { pages, errors, worst } = summaryOf(waits);
		tell(
			Math.round((performance.now() - began) / 1000),
			`${pages} pages, ${errors} errors, worst ${Math.round(worst)} ms, folder ${Math.round(folder)} MB, web ${Math.round(web)} MB, database ${Math.round(database)} MB`
		);
		await pause(SECONDS_BETWEEN_LOOKS * 1000);
	}
	return looks;
}

interface Outcome {
	alone: ReturnType<typeof summaryOf>;
	waits: Wait[];
	looks: Look[];
	maintenance: Awaited<ReturnType<typeof watchMaintenance>>;
	imports: Awaited<ReturnType<typeof importUntilStopped>>;
	backup: number | null;
	failures: number;
	json: boolean;
}

function report({ alone, waits, looks, maintenance, imports, backup, failures, json }: Outcome) {
	const all = summaryOf(waits);
	const outside = summaryOf(waits.map((one) => ({ ...one, ms: one.ms - maintenance.within(one.at, one.at + one.ms) })));
	const last = looks.at(-1)!;
	const row = (readers: string, { median, p99, worst, pages }: typeof all) =>
		rounded({ readers, median_ms: median, p99_ms: p99, worst_ms: worst, pages, ratio: median / alone.median });
	console.table([row('alone', alone), row('with everything', all), row('… outside of maintenance', outside)]);
	console.table(outside.slowest);
	const result = rounded({
		worst_wait_ms: outside.worst,
		worst_wait_all_ms: all.worst,
		p99_ms: all.p99,
		median_ms: all.median,
		alone_worst_ms: alone.worst,
		maintenance_pause_ms: Math.max(...Object.values(maintenance.longest)),
		checkpoint_ms: maintenance.longest.checkpoints,
		vacuum_ms: maintenance.longest.vacuums,
		copy_ms: maintenance.longest.copies,
		checkpoints: maintenance.counts.checkpoints,
		vacuums: maintenance.counts.vacuums,
		copies: maintenance.counts.copies,
		pages: all.pages,
		errors: all.errors + failures,
		imports: imports.imports,
		papers_new: imports.new,
		papers_changed: imports.changed,
		backup_seconds: backup,
		folder_mb: last.folder,
		folder_largest_mb: Math.max(...looks.map(({ folder }) => folder)),
		rss_mb: Math.max(...looks.map(({ web, database }) => web + database)),
		web_mb: last.web,
		database_mb: last.database,
		growth_mb_per_hour: growthOf(looks, ({ folder }) => folder),
		memory_growth_mb_per_hour: growthOf(looks, ({ web, database }) => web + database)
	});
	console.table(result);
	if (json) console.log(JSON.stringify(result));
	if (result.errors > 0) process.exitCode = 1;
}
