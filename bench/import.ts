import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { sql } from 'kysely';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { migrate } from '#server/db/migrate.ts';
import { entryOf } from '#server/imports/entry.ts';
import { linesIn } from '#server/imports/lines.ts';
import { unpacked } from '#server/imports/unpacked.ts';
import { paperFiles } from './paper-files.ts';
import { databaseProcess, memoryOf, root, round } from './served.ts';

const PAPERS = Number(process.env.BENCH_PAPERS ?? 100_000);

/**
 * Imports the first 100,000 papers of shared/data by the command, as a person does, into an empty embedded database; and
 * again, unchanged. Beside it, what cannot be saved: reading and checking the same lines, and PostgreSQL copying the same
 * rows from one table to another with the same indexes. Meanwhile a visitor asks for a paper fifty times a second.
 */
export async function run({ json }: { json: boolean }) {
	const all = paperFiles();
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'));
	try {
		const files = await firstPapers(all, { folder, papers: PAPERS });
		const dataFolder = join(folder, 'data');
		const { db, close } = await openDatabase({ dataFolder, databaseUrl: null });
		await migrate(db);
		const visitor = visit(db);
		const first = await importAll(files, dataFolder);
		const waits = await visitor.leave();
		const second = await importAll(files, dataFolder);
		const highest = memoryOf(databaseProcess(dataFolder), 'VmHWM')!;
		if (first.new !== PAPERS || second.unchanged !== PAPERS)
			throw new Error(`not every paper was taken: ${JSON.stringify({ first, second })}`);
		const reading = await secondsOf(() => readOnly(files));
		const copying = await copyRows(db);
		await close();
		const floor = reading + copying;
		console.table([
			row('reading and checking the lines', reading, reading / floor),
			row('PostgreSQL copying the rows', copying, copying / floor),
			row('import', first.seconds, first.seconds / floor),
			row('again, unchanged (beside reading)', second.seconds, second.seconds / reading)
		]);
		const result = {
			seconds_100k: round((first.seconds * 100_000) / PAPERS),
			rss_mb: round(Math.max(first.together, second.together)),
			reimport_seconds: round((second.seconds * 100_000) / PAPERS),
			/** For 0.2 s after its start, while V8 compiles PostgreSQL. */
			database_highest_mb: round(highest),
			visitor_median_ms: round(waits[Math.floor(waits.length / 2)]!),
			visitor_p99_ms: round(waits[Math.floor(waits.length * 0.99)]!),
			visitor_longest_ms: round(waits.at(-1)!)
		};
		console.table(result);
		if (json) console.log(JSON.stringify(result));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Asks for the newest paper again and again, and gives how long each answer took, sorted. */
function visit(db: Db) {
	const waits: number[] = [];
	let isThere = true;
	const visiting = (async () => {
		while (isThere) {
			const began = performance.now();
			await db.selectFrom('paper').selectAll().orderBy('id', 'desc').limit(1).execute();
			waits.push(performance.now() - began);
			await pause(20);
		}
	})();
	return {
		async leave() {
			isThere = false;
			await visiting;
			return waits.toSorted((one, other) => one - other);
		}
	};
}

/** The files that hold the first papers, the last of them cut to what is missing. */
export async function firstPapers(
	all: readonly string[],
	{ folder, papers: most }: { folder: string; papers: number }
) {
	const files: string[] = [];
	let papers = 0;
	for (const packed of all) {
		if (papers === most) break;
		const lines: string[] = [];
		const unzipped = createReadStream(packed).pipe(createGunzip());
		for await (const line of createInterface(unzipped)) if (papers < most && papers++ >= 0) lines.push(`${line}\n`);
		files.push(join(folder, basename(packed)));
		await pipeline(Readable.from(lines), createGzip(), createWriteStream(files.at(-1)!));
	}
	return files;
}

/** `together`: the most memory that importer and database had resident at once, looked at every 20 ms. */
async function importAll(files: string[], dataFolder: string) {
	const importer = spawn(join(root, 'bin/broadsheet'), ['import', '--json', ...files], {
		env: { ...process.env, DATA_FOLDER: dataFolder },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const database = databaseProcess(dataFolder);
	let together = 0;
	const look = () => (together = Math.max(together, (memoryOf(importer.pid!) ?? 0) + memoryOf(database)!));
	const watch = setInterval(look, 20);
	const output = await text(importer.stdout);
	clearInterval(watch);
	const { paper, seconds } = JSON.parse(output) as { paper: { new: number; unchanged: number }; seconds: number };
	return { ...paper, seconds, together };
}

async function readOnly(files: string[]) {
	for (const file of files)
		for await (const lines of linesIn(unpacked(createReadStream(file)))) for (const line of lines) entryOf(line);
}

/** In steps, since the embedded database ends what takes longer than 20 s. */
async function copyRows(db: Db) {
	const tables = ['paper', 'paper_author'];
	const columns = new Map<string, string>();
	for (const table of tables) {
		const { rows } = await sql<{
			names: string;
		}>`select string_agg(quote_ident(attname), ', ') as names from pg_attribute
			where attrelid = ${table}::regclass and attnum > 0 and attgenerated = ''`.execute(db);
		columns.set(table, rows[0]!.names);
		await sql.raw(`create table copy_of_${table} (like ${table} including all)`).execute(db);
	}
	return secondsOf(async () => {
		for (let id = 0; id <= PAPERS * 2; id += 2_000)
			for (const table of tables)
				await sql
					.raw(
						`insert into copy_of_${table} (${columns.get(table)}) overriding system value select ${columns.get(table)}
						from ${table} where ${table === 'paper' ? 'id' : 'paper_id'} between ${id + 1} and ${id + 2_000}`
					)
					.execute(db);
	});
}

async function secondsOf(work: () => Promise<void>) {
	const began = performance.now();
	await work();
	return (performance.now() - began) / 1000;
}

function row(what: string, seconds: number, ratio: number) {
	return { what, seconds: round(seconds), ratio: round(ratio), papers_a_second: Math.round(PAPERS / seconds) };
}
