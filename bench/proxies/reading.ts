import { Agent } from 'node:http';
import { ask } from './asking.ts';

const REQUESTS_PER_SECOND = 50;

/** Readers who come at an even pace whatever happens to those before them; half of them keep their connection to the proxy. */
export function readAlong(port: number, keys: string[], found: (fault: string) => void) {
	const paths = ['/', '/2026-04-16', '/archive', '/about', ...keys.map((key) => `/papers/${key}`)];
	const agent = new Agent({ keepAlive: true });
	const counts = { requests: 0, failed: 0, refused: 0, worst_ms: 0 };
	const open = new Set<Promise<void>>();
	const read = async (turn: number) => {
		const began = performance.now();
		const path = paths[turn % paths.length]!;
		counts.requests += 1;
		try {
			const { status, headers } = await ask({ port, path, agent: turn % 2 ? agent : undefined });
			if (status === 200)
				return void (counts.worst_ms = Math.max(counts.worst_ms, Math.round(performance.now() - began)));
			if (status === 503 || status === 429) counts.refused += 1;
			else counts.failed += 1;
			found(`${path}: status ${status}, by the ${headers['x-request-id'] ? 'site' : 'proxy'}`);
		} catch (fault) {
			counts.failed += 1;
			found(`${path}: ${(fault as Error).message}`);
		}
	};
	let turn = 0;
	const timer = setInterval(() => {
		const one = read((turn += 1)).finally(() => open.delete(one));
		open.add(one);
	}, 1_000 / REQUESTS_PER_SECOND);
	return {
		counts,
		async end() {
			clearInterval(timer);
			await Promise.all(open);
			agent.destroy();
		}
	};
}
