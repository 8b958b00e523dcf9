import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { bareServer } from './bare-server.ts';
import { cpuSeconds, root, round, serve, type Served, untilQuiet } from './served.ts';

const ROUNDS = 7;
/** Rounds before: V8 takes about a thousand requests to settle. */
const WARM_UP = 5;
const REQUESTS = 200;
const VISITORS = 4;

/**
 * What a page costs: CPU of the web process a request with every cache off, made and sent as it is, and sent compressed;
 * beside it a bare Node server that sends the same bytes. And the weight of what a visitor fetches, with brotli at its best.
 */
export async function run({ json }: { json: boolean }) {
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'));
	const site = await serve(folder);
	try {
		await untilQuiet(site);
		const days = await sampleDays(site);
		const pages = {
			seed: '/2026-04-16',
			largest: `/${days.toSorted((a, b) => b.bytes - a.bytes)[0]!.day}`,
			mathematics: '/papers/2602.05640'
		};
		const mathDay = days.toSorted((a, b) => b.formulas - a.formulas)[0]!.day;
		const css = brotli(await builtFiles('.css'));
		const rows = [];
		for (const [name, path] of Object.entries(pages)) {
			const html = await textOf(site.address + path);
			const floor = await bareServer(Buffer.from(html), { 'content-type': 'text/html; charset=utf-8' });
			const cpu = await cpuPerRequest(site, path);
			const bare = await cpuPerRequest(floor, '/');
			await floor.stop();
			rows.push({
				page: name,
				path,
				cpu_ms: round(cpu),
				sent_as_brotli_ms: round(await cpuPerRequest(site, path, 'br')),
				bare_ms: round(bare),
				ratio: round(cpu / bare),
				html_kb: kb(html),
				with_css_kb: kb(html) + css
			});
		}
		console.table(rows);
		const seed = await textOf(`${site.address}/2026-04-16`);
		const result = {
			uncached_cpu_ms: Math.max(...rows.map((row) => row.cpu_ms)),
			page_kb: round(kb(seed) + css),
			math_page_kb: round(kb(await textOf(`${site.address}/${mathDay}`)) + css),
			math_day: mathDay,
			font_kb: round((await builtFiles('.woff2')).length / 1000),
			script_bytes: [...seed.matchAll(/<script[\s\S]*?<\/script>/g)].join('').length,
			third_party: [...seed.matchAll(/(?:src|href)="(https?:)?\/\/(?!localhost)[^"]+\.(?:js|css|woff2?)"/g)].length
		};
		console.table(result);
		if (json) console.log(JSON.stringify(result));
	} finally {
		await site.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The median over rounds of the CPU milliseconds that the process spent a request, under a few visitors at once: alone, each request would also pay for waking an idle machine. */
async function cpuPerRequest({ address, pid }: Served, path: string, encoding?: string) {
	const rounds: number[] = [];
	for (let round = -WARM_UP; round < ROUNDS; round += 1) {
		const before = cpuSeconds(pid);
		const visitor = async () => {
			for (let request = 0; request < REQUESTS / VISITORS; request += 1) await textOf(address + path, encoding);
		};
		await Promise.all(Array.from({ length: VISITORS }, visitor));
		if (round >= 0) rounds.push(((cpuSeconds(pid) - before) * 1000) / REQUESTS);
	}
	return rounds.toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)]!;
}

/** The days of the samples, each with the weight of its page and the formulas on it. */
export async function sampleDays({ address }: Served) {
	const { editions } = (await (await fetch(`${address}/archive.json`)).json()) as { editions: { day: string }[] };
	return Promise.all(
		editions.map(async ({ day }) => {
			const html = await textOf(`${address}/${day}`);
			return { day, bytes: html.length, formulas: html.split('<math').length - 1 };
		})
	);
}

async function textOf(address: string, encoding = 'identity') {
	// A reader's pages are made for each request; a visitor's would be kept.
	const headers = { 'accept-encoding': encoding, cookie: 'session=bench' };
	const response = await fetch(address, { headers });
	if (!response.ok) throw new Error(`${address} answered ${response.status}`);
	return response.text();
}

async function builtFiles(ending: string) {
	const folder = join(root, 'build/client');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending));
	return Buffer.concat(files.map((file) => readFileSync(join(folder, file))));
}

const brotli = (content: Buffer | string) => brotliCompressSync(content).length / 1000;
const kb = (html: string) => round(brotli(html));
