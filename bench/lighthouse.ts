import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from './folders.ts';
import { audit, CATEGORIES, type Audited } from './lighthouse/audit.ts';
import { sampleDays } from './pages.ts';
import { root, serve, type Served } from './served.ts';

const RUNS = 3;

type Row = Record<(typeof CATEGORIES)[number], number> & { path: string };

/**
 * What Lighthouse makes of five pages on a phone with its slow network (its defaults): each score is the median of three runs, and the
 * result holds the lowest over the pages. Lighthouse is a package of its own, installed when it is first asked for.
 */
export async function run({ json }: { json: boolean }) {
	install();
	await inFolder(async (folder) => {
		const site = await serve(folder);
		try {
			const rows = await auditPages(site);
			const lowest = (category: (typeof CATEGORIES)[number]) => Math.min(...rows.map((row) => row[category]));
			const result = {
				performance: lowest('performance'),
				accessibility: lowest('accessibility'),
				best_practices: lowest('best-practices'),
				seo: lowest('seo')
			};
			console.table(result);
			if (json) console.log(JSON.stringify(result));
		} finally {
			await site.stop();
		}
	});
}

async function auditPages(site: Served) {
	const largest = (await sampleDays(site)).toSorted((a, b) => b.bytes - a.bytes)[0]!.day;
	const rows: Row[] = [];
	const complaints = new Set<string>();
	for (const path of ['/2026-04-16', `/${largest}`, '/papers/2602.05640', '/archive', '/about']) {
		const runs: Audited[] = [];
		for (let turn = 0; turn < RUNS; turn += 1) runs.push(await audit(site.address + path));
		rows.push({ path, ...medians(runs) } as Row);
		for (const complaint of runs.flatMap((run) => run.complaints)) complaints.add(`${path}: ${complaint}`);
	}
	console.table(rows);
	for (const complaint of complaints) console.log(complaint);
	return rows;
}

/** Lighthouse weighs 176 MB and only this bench needs it, so it is not one of the product's packages. */
function install() {
	execFileSync(join(root, 'bin/chromium'), { stdio: 'inherit' });
	const folder = join(root, 'bench/lighthouse');
	const lock = readFileSync(join(folder, 'package-lock.json'));
	const installed = join(folder, 'node_modules/.installed');
	if (existsSync(installed) && readFileSync(installed).equals(lock)) return;
	console.error('Installing Lighthouse …');
	execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: folder,
		stdio: ['ignore', 'ignore', 'inherit']
	});
	writeFileSync(installed, lock);
}

function medians(runs: Audited[]) {
	const names = Object.keys(runs[0]!.figures);
	return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run.figures[name]!))]));
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
