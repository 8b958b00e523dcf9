import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { progressOf } from '../progress.ts';
import { databaseProcesses, runningDatabase } from '../served.ts';
import { quantile } from '../statistics.ts';
import { checkCopy } from './check-copy.ts';
import { heldOf, makeTables, type Writer, writerOf } from './writers.ts';

const WRITERS = 8;
/** Every so many rounds the kill meets a checkpoint, the next start is killed as well, the whole cluster is checked. */
const ROUNDS_PER = { checkpoint: 4, secondKill: 5, check: 30 };

interface Kills {
	folder: string;
	rounds: number;
	/** Acknowledged writes, at least, in all rounds together. */
	writes: number;
}

/** Kills the database process again and again while writers write, and compares after each start what is there with what was said. */
export async function killRounds({ folder, rounds, writes }: Kills) {
	const { db, close } = await openDatabase({ dataFolder: folder, databaseUrl: null });
	const tell = progressOf('kills', rounds);
	const writers = Array.from({ length: WRITERS }, (_, index) => writerOf(db, index + 1));
	const seconds: number[] = [];
	const found = { acknowledged: 0, lost: 0, torn: 0, unasked: 0, checks: 0, damaged: 0 };
	await makeTables(db, WRITERS);
	for (let round = 1; round <= rounds; round += 1) {
		// On average a little more than its share; the last round makes up for what is missing.
		const share = Math.ceil((Math.random() + 0.55) * (writes / rounds));
		const least = round === rounds ? Math.max(share, writes - found.acknowledged) : share;
		const checks = round % ROUNDS_PER.check === 0 || round === rounds;
		const { acknowledged, recovery, damage } = await killOnce({ db, folder, writers, least, round, checks });
		found.acknowledged += acknowledged;
		seconds.push(recovery);
		if (damage !== null) found.checks += 1;
		if (damage) found.damaged += damage;
		await compare(db, writers, found);
		tell(round, `${found.acknowledged} acknowledged, ${found.lost} lost`);
	}
	await close();
	return { rounds, ...found, recovery_seconds: quantile(seconds, 0.95), recovery_median: quantile(seconds, 0.5) };
}

interface Round {
	db: Db;
	folder: string;
	writers: Writer[];
	least: number;
	round: number;
	checks: boolean;
}

async function killOnce({ db, folder, writers, least, round, checks }: Round) {
	const pid = await runningDatabase(folder);
	let acknowledged = 0;
	let stopped = false;
	const enough = Promise.withResolvers<void>();
	const onWritten = () => {
		acknowledged += 1;
		if (acknowledged === least) enough.resolve();
	};
	const writing = Promise.all(writers.map((writer) => writer.write({ stopped: () => stopped, onWritten })));
	await Promise.race([enough.promise, writing]);
	const damage = checks ? await checkCopy(folder, pid) : null;
	const checkpoint = round % ROUNDS_PER.checkpoint === 0 ? sql`checkpoint`.execute(db) : null;
	checkpoint?.catch(() => {});
	await pause(Math.random() * 10);
	process.kill(pid, 'SIGKILL');
	stopped = true;
	let killedAt = performance.now();
	const answered = firstAnswer(db);
	if (round % ROUNDS_PER.secondKill === 0) killedAt = (await killStart(folder)) ?? killedAt;
	await answered;
	const recovery = (performance.now() - killedAt) / 1000;
	await writing;
	return { acknowledged, recovery, damage };
}

/** Asks as a visitor would, and again where it is refused. */
async function firstAnswer(db: Db) {
	for (;;) {
		try {
			return await sql`select`.execute(db);
		} catch (fault) {
			if (!(fault instanceof Refused)) throw fault;
			await pause(20);
		}
	}
}

/** A start replays the log; it too is killed at a random moment. Null where it had answered by then. */
async function killStart(folder: string) {
	await pause(Math.random() * 400);
	const [starting] = databaseProcesses(folder);
	if (!starting) return null;
	process.kill(starting, 'SIGKILL');
	return performance.now();
}

/** A row that was acknowledged and is not there is lost; one that nobody wrote is unasked; a half transaction is torn. */
async function compare(db: Db, writers: Writer[], found: { lost: number; torn: number; unasked: number }) {
	const held = await heldOf(db);
	for (const writer of writers) {
		const { rows, last, tally } = held.get(writer.client)!;
		// Rows are numbered without a gap, so what is fewer than the last number lacks.
		found.lost += Math.max(0, writer.acknowledged() - rows, last - rows);
		found.torn += tally === rows ? 0 : 1;
		found.unasked += Math.max(0, last - writer.acknowledged() - 1);
		writer.goOnAfter(last);
	}
}
