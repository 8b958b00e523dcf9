import { setTimeout as pause } from 'node:timers/promises';
import { round } from './served.ts';
import { quantile } from './statistics.ts';

const READERS = 4;
const PAUSE_MS = 20;

/** One page that a reader waited for; `at` is the moment at which it was asked for. */
export interface Wait {
	path: string;
	at: number;
	ms: number;
	/** 0 where the connection was lost. */
	status: number;
}

/** Four readers open one page after the other, a little apart, until told to stop, and write down each wait. */
export async function readUntil(
	stopped: () => boolean,
	{ address, paths }: { address: string; paths: string[] },
	waits: Wait[] = []
) {
	const read = async (reader: number) => {
		for (let turn = reader; !stopped(); turn += 7) {
			const path = paths[turn % paths.length]!;
			const at = Date.now();
			const began = performance.now();
			const status = await statusOf(address + path);
			waits.push({ path, at, ms: performance.now() - began, status });
			await pause(PAUSE_MS);
		}
	};
	await Promise.all(Array.from({ length: READERS }, (_, reader) => read(reader)));
	return waits;
}

export async function readFor(seconds: number, site: { address: string; paths: string[] }) {
	const end = performance.now() + seconds * 1000;
	return summaryOf(await readUntil(() => performance.now() > end, site));
}

export function summaryOf(waits: readonly Wait[]) {
	const times = waits.map(({ ms }) => ms);
	return {
		worst: quantile(times, 1),
		p99: quantile(times, 0.99),
		median: quantile(times, 0.5),
		pages: waits.length,
		errors: waits.filter(({ status }) => status !== 200).length,
		slowest: waits
			.toSorted((one, other) => other.ms - one.ms)
			.slice(0, 8)
			.map(({ path, ms, status }) => ({ path, ms: round(ms), status }))
	};
}

async function statusOf(url: string) {
	try {
		const response = await fetch(url);
		await response.arrayBuffer();
		return response.status;
	} catch {
		return 0;
	}
}

/** Pages of every kind: editions, weeks, months, categories large and small, names, papers, and other forms. */
export async function pathsOf(address: string) {
	const { editions } = (await (await fetch(`${address}/archive.json`)).json()) as { editions: { day: string }[] };
	const days = editions.filter((_, index) => index % 9 === 0).map(({ day }) => `/${day}`);
	const lists = ['cs.CV', 'cs.LG', 'math.AP', 'hep-th', 'stat.ML', 'cs.GL', 'q-alg'].map((id) => `/categories/${id}`);
	const people = ['wei-wang', 'yang-liu', 'donald-e-knuth'].map((name) => `/authors/${name}`);
	const spans = ['/2026-W06', '/2026-02', '/2025-10', '/archive', '/', '/about'];
	const papers = ['2602.05640', '2511.11510', '2407.13036', 'cs/9301114'].map((key) => `/papers/${key}`);
	return [
		...days,
		...lists,
		'/categories/cs.CV?page=50',
		...people,
		...spans,
		...papers,
		'/papers/2602.05640.bib',
		`${days[0]}.json`
	];
}

/** Those of the paths that have a page: with fewer papers than usual not every one does. */
export async function pathsThere(address: string, paths: string[]) {
	const there: string[] = [];
	for (const path of paths) if ((await statusOf(address + path)) !== 404) there.push(path);
	return there;
}
