import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type pg from 'pg';
import { loadOf, makeTable, type Statement, syncsPerSecond } from './database/load.ts';
import { embeddedPeer, type Peer, serverPeer } from './database/peers.ts';
import { inFolder } from './folders.ts';
import { progressOf } from './progress.ts';
import { root, rounded } from './served.ts';
import { median } from './statistics.ts';

export const options = { rounds: 7, seconds: 1 };

const CLIENTS = [1, 8, 32] as const;
const STATEMENTS: Statement[] = ['select', 'insert'];

type Load = Awaited<ReturnType<typeof loadOf>>;
/** What one round saw, under names such as `insert 8 embedded`. */
type Round = Record<string, Load>;

/**
 * Selects by primary key and durable inserts, by 1, 8 and 32 clients, through the multiplexer and on a real PostgreSQL 18 by turns:
 * the same driver, prepared statements, kind of socket and disk. Beside the inserts, how often the disk can say that it has a page.
 */
export async function run({ json, rounds, seconds }: typeof options & { json: boolean }) {
	execFileSync(join(root, 'bin/postgres'), { stdio: 'inherit' });
	await inFolder(async (folder) => {
		const peers = [await embeddedPeer(folder), await serverPeer()];
		try {
			const clients = await clientsOf(peers);
			const tell = progressOf('rounds', rounds);
			const seen: Round[] = [];
			const syncs = { fsync: [] as number[], fdatasync: [] as number[] };
			for (let turn = 0; turn <= rounds; turn += 1) {
				const round = await roundOf(turn % 2 === 0 ? peers : peers.toReversed(), { clients, seconds });
				// The first one warms up.
				if (turn > 0) seen.push(round);
				for (const sync of ['fsync', 'fdatasync'] as const) syncs[sync].push(syncsPerSecond(folder, seconds, sync));
				tell(turn);
			}
			report({ seen, fsync: median(syncs.fsync), fdatasync: median(syncs.fdatasync), json });
			for (const client of Object.values(clients).flat()) await client.end();
		} finally {
			for (const { stop } of peers) await stop();
		}
	});
}

async function clientsOf(peers: Peer[]) {
	const clients: Record<string, pg.Client[]> = {};
	for (const { name, connect } of peers) {
		clients[name] = [];
		for (let count = 0; count < Math.max(...CLIENTS); count += 1) clients[name].push(await connect());
		await makeTable(clients[name][0]!);
	}
	return clients;
}

async function roundOf(peers: Peer[], { clients, seconds }: { clients: Record<string, pg.Client[]>; seconds: number }) {
	const round: Round = {};
	for (const statement of STATEMENTS)
		for (const count of CLIENTS)
			for (const { name } of peers)
				round[`${statement} ${count} ${name}`] = await loadOf(clients[name]!.slice(0, count), { statement, seconds });
	return round;
}

function report({ seen, fsync, fdatasync, json }: { seen: Round[]; fsync: number; fdatasync: number; json: boolean }) {
	const middle = (name: string, what: keyof Load) => median(seen.map((round) => round[name]![what]));
	const rows = STATEMENTS.flatMap((statement) =>
		CLIENTS.map((clients) => {
			const [ours, theirs] = [`${statement} ${clients} embedded`, `${statement} ${clients} server`];
			return {
				statement,
				clients,
				embedded_per_second: Math.round(middle(ours, 'per_second')),
				server_per_second: Math.round(middle(theirs, 'per_second')),
				ratio: median(seen.map((round) => round[ours]!.per_second / round[theirs]!.per_second)),
				embedded_p50_ms: middle(ours, 'p50_ms'),
				embedded_p99_ms: middle(ours, 'p99_ms'),
				server_p50_ms: middle(theirs, 'p50_ms'),
				server_p99_ms: middle(theirs, 'p99_ms')
			};
		})
	);
	console.table(rows.map(rounded));
	const ratio = (statement: Statement, clients: number) =>
		rows.find((row) => row.statement === statement && row.clients === clients)!.ratio;
	const best = (column: 'embedded_per_second' | 'server_per_second') =>
		Math.max(...rows.filter(({ statement }) => statement === 'insert').map((row) => row[column]));
	const result = rounded({
		select_ratio: ratio('select', 1),
		select_ratio_8: ratio('select', 8),
		select_ratio_32: ratio('select', 32),
		insert_ratio_1: ratio('insert', 1),
		insert_ratio_8: ratio('insert', 8),
		insert_ratio_32: ratio('insert', 32),
		insert_per_fsync: best('embedded_per_second') / fsync,
		server_insert_per_fsync: best('server_per_second') / fsync,
		fsync_per_second: fsync,
		fdatasync_per_second: fdatasync
	});
	console.table(result);
	if (json) console.log(JSON.stringify(result));
}
