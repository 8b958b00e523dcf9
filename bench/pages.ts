import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { brotliCompressSync } from 'node:zlib';

const ROUNDS = 7;
/** Rounds before: V8 takes about a thousand requests to settle. */
const WARM_UP = 5;
const REQUESTS = 200;
const TICKS_PER_SECOND = 100;
const root = new URL('..', import.meta.url).pathname;

interface Served {
	address: string;
	pid: number;
	stop(): Promise<void>;
}

/**
 * What a page costs: CPU of the web process a request with every cache off, beside a bare Node server that sends the
 * same bytes, and the weight of what a visitor fetches, compressed with brotli at its best.
 */
export async function run({ json }: { json: boolean }) {
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'));
	const site = await serve(folder);
	try {
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
			const floor = await bareServer(html);
			const cpu = await cpuPerRequest(site, path);
			const bare = await cpuPerRequest(floor, '/');
			await floor.stop();
			rows.push({
				page: name,
				path,
				cpu_ms: round(cpu),
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

function serve(folder: string): Promise<Served> {
	const environment = { ...process.env, PORT: '0', DATA_FOLDER: folder, SAMPLES: 'yes' };
	return served(
		spawn(join(root, 'bin/broadsheet'), ['serve', '--json'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
	);
}

/** A process of its own that sends the same bytes from memory: the least that a page of this size costs. */
function bareServer(body: string): Promise<Served> {
	const source = `
		const body = require('node:fs').readFileSync(0, 'utf8');
		const server = require('node:http').createServer((_, response) => {
			response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
			response.end(body);
		});
		server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ address: 'http://127.0.0.1:' + server.address().port })));`;
	const server = spawn(process.execPath, ['-e', source], { stdio: ['pipe', 'pipe', 'inherit'] });
	server.stdin.end(body);
	return served(server);
}

/** A server that says its address as one line of JSON once it listens. */
async function served(server: ChildProcess): Promise<Served> {
	const [line] = await once(createInterface(server.stdout!), 'line');
	return {
		address: (JSON.parse(line as string) as { address: string }).address,
		pid: server.pid!,
		async stop() {
			server.kill('SIGTERM');
			if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
		}
	};
}

/** The median over rounds of the CPU milliseconds that the process spent a request, asked one after the other. */
async function cpuPerRequest({ address, pid }: Served, path: string) {
	const rounds: number[] = [];
	for (let round = -WARM_UP; round < ROUNDS; round += 1) {
		const before = cpuSeconds(pid);
		for (let request = 0; request < REQUESTS; request += 1) await textOf(address + path);
		if (round >= 0) rounds.push(((cpuSeconds(pid) - before) * 1000) / REQUESTS);
	}
	return rounds.toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)]!;
}

function cpuSeconds(pid: number) {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function sampleDays({ address }: Served) {
	const { editions } = (await (await fetch(`${address}/archive.json`)).json()) as { editions: { day: string }[] };
	return Promise.all(
		editions.map(async ({ day }) => {
			const html = await textOf(`${address}/${day}`);
			return { day, bytes: html.length, formulas: html.split('<math').length - 1 };
		})
	);
}

async function textOf(address: string) {
	const response = await fetch(address);
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
const round = (value: number) => Math.round(value * 100) / 100;
