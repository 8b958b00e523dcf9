import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './asking.ts';
import { pathOfProgram } from './programs.ts';
import { keysOfPapers, type Site } from './sites.ts';

/** What readers waited beside slow clients of one kind, and how many got no page. */
export type Slowed = Record<'p99_ms' | 'ratio' | 'errors', number> & { clients: string };

/** As slowhttptest names them: headers that never end, bodies that never end, answers that are not read. */
const WAYS = {
	'slow headers': ['-H'],
	'slow bodies': ['-B'],
	'slow reading': ['-X', '-w', '10', '-y', '20', '-n', '5', '-z', '32', '-k', '3']
};

/** Promise 33: 500 sockets of each slow kind straight at the site, and what a reader waits meanwhile beside what one waits without. */
export async function slowDown(site: Site, seconds: number) {
	const paths = ['/', '/2026-04-16', '/about', ...(await keysOfPapers(site)).map((key) => `/papers/${key}`)];
	await readFor(site, paths, 5);
	const alone = await readFor(site, paths, seconds);
	const outcomes: Slowed[] = [{ clients: 'none', p99_ms: alone.p99, ratio: 1, errors: alone.errors }];
	for (const [clients, way] of Object.entries(WAYS)) {
		const length = ['-c', '500', '-r', '250', '-i', '5', '-l', String(seconds + 4)];
		const slow = spawn(pathOfProgram('slowhttptest'), [...way, ...length, '-u', `http://127.0.0.1:${site.port}/`], {
			stdio: 'ignore'
		});
		const ended = once(slow, 'exit');
		await pause(3_000);
		const { p99, errors } = await readFor(site, paths, seconds);
		slow.kill('SIGINT');
		await ended;
		outcomes.push({ clients, p99_ms: p99, ratio: p99 / alone.p99, errors });
	}
	return outcomes;
}

/** One request every 20 ms, each on a connection of its own; the wait is counted from when it was due. */
async function readFor({ port }: Site, paths: string[], seconds: number) {
	const waits: number[] = [];
	let errors = 0;
	const read = async (path: string) => {
		const due = performance.now();
		const answer = await ask({ port, path }).catch(() => null);
		if (answer?.status !== 200) errors += 1;
		waits.push(performance.now() - due);
	};
	const open: Promise<void>[] = [];
	for (let turn = 0; turn < seconds * 50; turn += 1) {
		open.push(read(paths[turn % paths.length]!));
		await pause(20);
	}
	await Promise.all(open);
	return { p99: waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)]!, errors };
}
