import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { quantile } from '../statistics.ts';
import { type Connection, connectionTo } from './connection.ts';

/** Visitors, in a process of their own: `node visitors.ts '{"address": …}'` prints what they saw as one line of JSON. */
export interface Visit {
	address: string;
	paths: string[];
	seconds: number;
	/** How many ask again and again, each as soon as it was answered; or … */
	visitors?: number;
	/** … how many requests begin in a second whatever became of the others, at random moments. */
	rate?: number;
}

export interface Seen {
	requests: number;
	errors: number;
	per_second: number;
	median_ms: number;
	p95_ms: number;
	p99_ms: number;
	worst_ms: number;
}

export async function sendVisitors(visit: Visit): Promise<Seen> {
	const { stdout } = await promisify(execFile)(process.execPath, [
		fileURLToPath(import.meta.url),
		JSON.stringify(visit)
	]);
	return JSON.parse(stdout) as Seen;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	console.log(JSON.stringify(await go(JSON.parse(process.argv[2]!))));

async function go({ address, paths, seconds, visitors, rate }: Visit): Promise<Seen> {
	const free: Connection[] = [];
	const waits: number[] = [];
	let errors = 0;
	let turn = 0;
	const ask = async (intended: number) => {
		const connection = freeConnection(free) ?? connectionTo(address);
		try {
			const { status, closes, bytes } = await connection.ask(paths[(turn += 1) % paths.length]!);
			if (status !== 200 || bytes === 0) errors += 1;
			if (closes) connection.close();
			else free.push(connection);
		} catch {
			errors += 1;
		}
		waits.push(performance.now() - intended);
	};
	const began = performance.now();
	await (rate ? askAtRate({ ask, rate, seconds }) : askInTurn({ ask, visitors: visitors!, seconds }));
	const took = (performance.now() - began) / 1000;
	for (const connection of free) connection.close();
	return {
		requests: waits.length,
		errors,
		per_second: waits.length / took,
		median_ms: quantile(waits, 0.5),
		p95_ms: quantile(waits, 0.95),
		p99_ms: quantile(waits, 0.99),
		worst_ms: quantile(waits, 1)
	};
}

function freeConnection(free: Connection[]) {
	for (let connection = free.pop(); connection; connection = free.pop()) if (connection.isOpen()) return connection;
	return null;
}

type Ask = (intended: number) => Promise<void>;

async function askInTurn({ ask, visitors, seconds }: { ask: Ask; visitors: number; seconds: number }) {
	const end = performance.now() + seconds * 1000;
	const visitor = async () => {
		for (let now = performance.now(); now < end; now = performance.now()) await ask(now);
	};
	await Promise.all(Array.from({ length: visitors }, visitor));
}

/**
 * Independent visitors come at random moments (a Poisson process). The wait counts from the moment at which a request was meant
 * to begin, so that a server that stalls, or this program when it is late, is not forgiven.
 */
async function askAtRate({ ask, rate, seconds }: { ask: Ask; rate: number; seconds: number }) {
	const asked: Promise<void>[] = [];
	const end = performance.now() + seconds * 1000;
	let next = performance.now();
	while (next < end) {
		for (const now = performance.now(); next <= now && next < end; next -= (Math.log(1 - Math.random()) / rate) * 1000)
			asked.push(ask(next));
		await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
	}
	await Promise.all(asked);
}
