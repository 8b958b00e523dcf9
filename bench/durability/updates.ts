import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { sizeOf } from '../folders.ts';
import { progressOf } from '../progress.ts';

const ROWS = 1_000;
const CLIENTS = 8;
/** Of ten turns of a client, nine update one row by itself; the tenth updates a run of rows in one statement. */
const BATCH = 91;
const SECONDS_TO_SETTLE = 60;

/**
 * Eight clients update 1,000 rows as a queue does, and move each in an index, so that every update leaves a dead row and a dead
 * entry: nine transactions of one row, then one of 91, so that of 1,000,000 updates 90,000 are transactions of their own and
 * 910,000 come in 10,000 batches. Gives the folder's size before, at its largest, and a minute later, in MB.
 */
export async function updateOften({ folder, updates }: { folder: string; updates: number }) {
	const { db, close } = await openDatabase({ dataFolder: folder, databaseUrl: null });
	await makeQueue(db);
	const start = sizeOf(folder);
	let largest = start;
	let done = 0;
	const tell = progressOf('updates', updates);
	const watch = setInterval(() => {
		const size = sizeOf(folder);
		largest = Math.max(largest, size);
		tell(done, `${Math.round(size)} MB`);
	}, 1_000);
	const client = async (number: number) => {
		for (let turn = number; done < updates; turn += 1) {
			const rows = turn % 10 === 0 ? BATCH : 1;
			done += rows;
			await touch(db, { first: Math.floor(Math.random() * (ROWS - rows)), rows });
		}
	};
	const began = performance.now();
	await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
	const seconds = (performance.now() - began) / 1000;
	clearInterval(watch);
	const left = await settled(folder, 2 * start + 200);
	await close();
	return {
		updates: done,
		start,
		largest: Math.max(largest, left.right_after),
		...left,
		bound: 2 * start + 200,
		seconds
	};
}

async function makeQueue(db: Db) {
	await sql`create table queue (id int primary key, tries int not null, due timestamptz not null, words text not null)`.execute(
		db
	);
	await sql`create index queue_due on queue (due)`.execute(db);
	await sql`insert into queue select id, 0, now(), repeat('word ', 40) from generate_series(0, ${ROWS - 1}::int) id`.execute(
		db
	);
}

const touch = (db: Db, { first, rows }: { first: number; rows: number }) =>
	sql`update queue set tries = tries + 1, due = clock_timestamp() where id >= ${first} and id < ${first + rows}`.execute(
		db
	);

/** Looks each second until a minute has passed; `seconds_to_bound` is null where the folder stayed larger. */
async function settled(folder: string, bound: number) {
	const rightAfter = sizeOf(folder);
	let secondsToBound: number | null = rightAfter <= bound ? 0 : null;
	for (let second = 1; second <= SECONDS_TO_SETTLE; second += 1) {
		await pause(1_000);
		if (secondsToBound === null && sizeOf(folder) <= bound) secondsToBound = second;
	}
	return { right_after: rightAfter, settled: sizeOf(folder), seconds_to_bound: secondsToBound };
}
