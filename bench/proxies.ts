import { join } from 'node:path';
import { inFolder } from './folders.ts';
import { SECRET } from './proxies/attacks.ts';
import { installPrograms } from './proxies/programs.ts';
import { restartInTurn } from './proxies/restarts.ts';
import { trySharedCaches } from './proxies/shared-caches.ts';
import { withSite } from './proxies/sites.ts';
import { slowDown } from './proxies/slow-clients.ts';
import { rounded } from './served.ts';

export const options = {
	/** Of each proxy. */
	restarts: 20,
	/** For each kind of slow client, and without one. */
	seconds: 60
};

/**
 * Promises that real proxies are needed for, with Debian's: nothing false or private is kept by shared caches (36), restarts
 * of two instances behind nginx and haproxy fail no request (27), and slow clients slow nobody else (33). What went wrong is named.
 */
export async function run({ json, restarts, seconds }: { json: boolean; restarts: number; seconds: number }) {
	installPrograms();
	const faults: string[] = [];
	const found = (fault: string) => void faults.push(fault);
	await inFolder(async (folder) => {
		const { caches, slow } = await withSite(join(folder, 'caches'), { METRICS_TOKEN: SECRET }, async (site) => ({
			caches: await trySharedCaches(site, found),
			slow: (await slowDown(site, seconds)).map(rounded)
		}));
		show('promise 36: what shared caches keep wrongly', caches);
		show('promise 33: what readers wait beside 500 slow clients', slow);
		const restarted = await restartInTurn(join(folder, 'restarts'), restarts, found);
		show('promise 27: what restarts of two instances fail', restarted);
		for (const fault of faults.slice(0, 50)) console.log(fault);
		const sum = <Row>(rows: Row[], value: (row: Row) => number) => rows.reduce((total, row) => total + value(row), 0);
		const result = {
			attempts: sum(caches, (cache) => cache.attempts),
			poisoned: sum(caches, (cache) => cache.poisoned),
			authenticated_bytes: sum(caches, (cache) => cache.authenticated_bytes),
			deceived: sum(caches, (cache) => cache.deceived),
			errors_kept: sum(caches, (cache) => cache.errors_kept),
			slow_ratio: Math.max(...slow.map(({ ratio }) => ratio)),
			slow_errors: sum(slow, ({ errors }) => errors),
			restarts: sum(restarted, (row) => row.restarts),
			failed_requests: sum(restarted, (row) => row.failed + row.refused),
			longest_exit_ms: Math.max(...restarted.map((row) => row.longest_exit_ms)),
			last_accepted_ms: Math.max(...restarted.map((row) => row.last_accepted_ms))
		};
		console.table(result);
		if (json) console.log(JSON.stringify(result));
	});
}

function show(title: string, rows: object[]) {
	console.log(title);
	console.table(rows);
}
