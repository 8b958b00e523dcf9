import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { quantile } from '../statistics.ts';

export const ROWS = 10_000;

/** The same statements for everybody, prepared once for each client. */
const STATEMENTS = {
	select: { text: 'select id, words from kept where id = $1', value: () => 1 + Math.floor(Math.random() * ROWS) },
	insert: { text: 'insert into kept (words) values ($1)', value: () => 'a row that is kept once it is said to be kept' }
};

export type Statement = keyof typeof STATEMENTS;

export async function makeTable(client: pg.Client) {
	await client.query('create table kept (id bigint generated always as identity primary key, words text not null)');
	await client.query(`insert into kept (words) select repeat('word ', 20) from generate_series(1, ${ROWS})`);
	await client.query('vacuum analyze kept');
}

/** Each client asks again as soon as it was answered. Answers in a second, and how long they took in milliseconds. */
export async function loadOf(
	clients: readonly pg.Client[],
	{ statement, seconds }: { statement: Statement; seconds: number }
) {
	const { text, value } = STATEMENTS[statement];
	const waits: number[] = [];
	const began = performance.now();
	const end = began + seconds * 1000;
	const ask = async (client: pg.Client) => {
		for (let now = performance.now(); now < end;) {
			await client.query({ name: statement, text, values: [value()] });
			const answered = performance.now();
			waits.push(answered - now);
			now = answered;
		}
	};
	await Promise.all(clients.map(ask));
	const took = (performance.now() - began) / 1000;
	return { per_second: waits.length / took, p50_ms: quantile(waits, 0.5), p99_ms: quantile(waits, 0.99) };
}

/** How often in a second the disk takes a page and says that it has it: written over a file that is there, as a log is. */
export function syncsPerSecond(folder: string, seconds: number, sync: 'fsync' | 'fdatasync') {
	const page = Buffer.alloc(8192, 1);
	const file = openSync(join(folder, 'syncs'), 'w+');
	for (let at = 0; at < PAGES; at += 1) writeSync(file, page, 0, page.length, at * page.length);
	fsyncSync(file);
	const began = performance.now();
	let count = 0;
	for (; performance.now() - began < seconds * 1000; count += 1) {
		writeSync(file, page, 0, page.length, (count % PAGES) * page.length);
		if (sync === 'fsync') fsyncSync(file);
		else fdatasyncSync(file);
	}
	const took = (performance.now() - began) / 1000;
	closeSync(file);
	return count / took;
}

/** 16 MB, as a segment of PostgreSQL's log. */
const PAGES = 2_048;
