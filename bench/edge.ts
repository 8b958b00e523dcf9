import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { bareServer } from './bare-server.ts';
import { openSlowSockets } from './edge/slow-sockets.ts';
import { type Seen, sendVisitors } from './edge/visitors.ts';
import { inFolder } from './folders.ts';
import { cpuSeconds, memoryOf, round, rounded, serve, type Served } from './served.ts';
import { median } from './statistics.ts';

export const options = { rounds: 7, seconds: 60, rate: 600, slow: 500 };

const PAGE = '/2026-04-16';
/** Visitors in a closed loop, and the seconds of one of its rounds. */
const CLOSED = { visitors: 16, seconds: 3 };
/** Not the speed of the product but of V8's compiler. */
const WARM_UP_SECONDS = 5;
/** Of the visitors alone and beside slow connections. */
const TURNS = 3;

/**
 * A cached page beside a bare Node server that sends the same bytes with the same headers; 600 visitors' requests a second, each
 * timed from the moment it was meant to begin; and the same beside 500 slow connections.
 */
export async function run({ json, rounds, seconds, rate, slow }: typeof options & { json: boolean }) {
	await inFolder(async (folder) => {
		const site = await serve(folder);
		try {
			const closed = await besideBare(site, rounds);
			const before = memoryOf(site.pid)!;
			const paths = ['/', PAGE];
			const open = await sendVisitors({ address: site.address, paths, rate, seconds });
			const { alone, beside, opened } = await besideSlow(site, { paths, rate, seconds, slow });
			console.table(rounded(closed));
			console.table([
				row(`${rate} a second`, open, open),
				...alone.flatMap((one, turn) => [row('alone', one, one), row(`with ${slow} slow sockets`, beside[turn]!, one)])
			]);
			const all = [open, ...alone, ...beside];
			const result = rounded({
				cached_ratio: closed.ratio,
				cached_per_second: closed.site_per_second,
				bare_per_second: closed.bare_per_second,
				cached_cpu_us: closed.site_cpu_us,
				cached_cpu_ratio: closed.cpu_ratio,
				bare_cpu_us: closed.bare_cpu_us,
				requests: all.reduce((sum, { requests }) => sum + requests, 0),
				errors: all.reduce((sum, { errors }) => sum + errors, closed.errors),
				p99_ms: open.p99_ms,
				worst_ms: open.worst_ms,
				slow_p99_ms: median(beside.map(({ p99_ms }) => p99_ms)),
				slow_ratio: median(beside.map(({ p99_ms }, turn) => p99_ms / alone[turn]!.p99_ms)),
				slow_sockets_opened: opened,
				web_mb: memoryOf(site.pid)!,
				web_growth_mb: memoryOf(site.pid)! - before
			});
			if (json) console.log(JSON.stringify(result));
			if (result.errors > 0) process.exitCode = 1;
		} finally {
			await site.stop();
		}
	});
}

/** Three times a third of the time alone, and the same beside slow connections. */
async function besideSlow(
	{ address }: Served,
	{ paths, rate, seconds, slow }: { paths: string[]; rate: number; seconds: number; slow: number }
) {
	const [alone, beside]: [Seen[], Seen[]] = [[], []];
	let opened = 0;
	for (let turn = 0; turn < TURNS; turn += 1) {
		alone.push(await sendVisitors({ address, paths, rate, seconds: seconds / TURNS }));
		const stop = await openSlowSockets(address, slow);
		beside.push(await sendVisitors({ address, paths, rate, seconds: seconds / TURNS }));
		opened += (await stop()).opened;
	}
	return { alone, beside, opened };
}

const row = (readers: string, seen: Seen, beside: Seen) => ({
	readers,
	...rounded({ ...seen }),
	ratio: round(seen.p99_ms / beside.p99_ms)
});

/** Rounds of one and of the other, by turns, so that both meet the same machine. */
async function besideBare(site: Served, rounds: number) {
	const { headers, body } = await answerOf(site.address + PAGE);
	const bare = await bareServer(body, headers);
	try {
		for (const { address } of [site, bare])
			await sendVisitors({ address, paths: [PAGE], ...CLOSED, seconds: WARM_UP_SECONDS });
		const pairs = [];
		for (let turn = 0; turn < rounds; turn += 1)
			pairs.push({ site: await closedLoop(site), bare: await closedLoop(bare) });
		return {
			ratio: median(pairs.map((pair) => pair.site.per_second / pair.bare.per_second)),
			cpu_ratio: median(pairs.map((pair) => pair.site.cpu_us / pair.bare.cpu_us)),
			site_per_second: median(pairs.map((pair) => pair.site.per_second)),
			bare_per_second: median(pairs.map((pair) => pair.bare.per_second)),
			site_cpu_us: median(pairs.map((pair) => pair.site.cpu_us)),
			bare_cpu_us: median(pairs.map((pair) => pair.bare.cpu_us)),
			bytes: body.length,
			errors: pairs.reduce((sum, pair) => sum + pair.site.errors + pair.bare.errors, 0)
		};
	} finally {
		await bare.stop();
	}
}

async function closedLoop({ address, pid }: Served) {
	const before = cpuSeconds(pid);
	const seen = await sendVisitors({ address, paths: [PAGE], ...CLOSED });
	return { ...seen, cpu_us: ((cpuSeconds(pid) - before) * 1e6) / seen.requests };
}

/** As a browser gets it, still compressed; without what belongs to one connection, or to one moment. */
async function answerOf(address: string) {
	const asked = request(address, { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } }).end();
	const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
		asked.on('response', resolve);
		asked.on('error', reject);
	});
	const body = await buffer(response);
	const ofOneConnection = ['connection', 'keep-alive', 'transfer-encoding', 'date', 'content-length'];
	const headers = Object.entries(response.headers).filter(([name]) => !ofOneConnection.includes(name));
	return {
		body,
		headers: { ...Object.fromEntries(headers), 'content-length': String(body.length) } as Record<string, string>
	};
}
