import { setTimeout as pause } from 'node:timers/promises';
import { FRONTS } from './fronts.ts';
import { accepts, freePort } from './programs.ts';
import { readAlong } from './reading.ts';
import { keysOfPapers, startSite, type Site } from './sites.ts';

export interface Restarted {
	proxy: string;
	restarts: number;
	requests: number;
	failed: number;
	/** Refused in good order, as with 503: also a failure, told apart. */
	refused: number;
	worst_ms: number;
	longest_exit_ms: number;
	/** When, after SIGTERM, a connection to the instance itself was last accepted. */
	last_accepted_ms: number;
}

/** Promise 27: two instances on one folder behind a proxy, told to stop and started again in turn, while readers read. */
export async function restartInTurn(folder: string, restarts: number, found: (fault: string) => void) {
	const ports = [await freePort(), await freePort()];
	const sites = [
		await startSite(folder, { PORT: String(ports[0]) }),
		await startSite(folder, { PORT: String(ports[1]) })
	];
	try {
		const keys = await keysOfPapers(sites[0]!);
		const outcomes: Restarted[] = [];
		for (const { name, start } of FRONTS) {
			const proxy = await start(folder, ports);
			const readers = readAlong(proxy.port, keys, (fault) => found(`${name}: ${fault}`));
			const stops = await stopInTurn(sites, restarts).finally(() => readers.end());
			await proxy.stop();
			outcomes.push({
				proxy: name,
				restarts,
				...readers.counts,
				longest_exit_ms: Math.max(...stops.map(({ exit }) => exit)),
				last_accepted_ms: Math.max(...stops.map(({ accepted }) => accepted))
			});
		}
		return outcomes;
	} finally {
		await Promise.all(sites.map((site) => site.stop()));
	}
}

/** Stops one and starts it again, then the other, and so on. Each is ready when the next is stopped. */
async function stopInTurn(sites: Site[], restarts: number) {
	const stops: Stop[] = [];
	for (let turn = 0; turn < restarts; turn += 1) {
		await pause(500);
		const { folder, port } = sites[turn % 2]!;
		stops.push(await stop(sites[turn % 2]!));
		sites[turn % 2] = await startSite(folder, { PORT: String(port) });
	}
	return stops;
}

interface Stop {
	exit: number;
	accepted: number;
}

/** Tells an instance to stop, and knocks at its door until it is gone. Milliseconds since it was told. */
async function stop(site: Site): Promise<Stop> {
	const began = performance.now();
	const since = () => Math.round(performance.now() - began);
	let gone = false;
	let accepted = 0;
	const knocking = (async () => {
		while (!gone) {
			const knocked = since();
			if (await accepts(site.port)) accepted = knocked;
			await pause(5);
		}
	})();
	await site.stop();
	const exit = since();
	gone = true;
	await knocking;
	return { exit, accepted };
}
