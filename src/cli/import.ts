import { parseArgs } from 'node:util';
import { keepBeforeUpgrade } from '#server/backups/before-upgrade.ts';
import { config } from '#server/config.ts';
import type { Db } from '#server/db/database.ts';
import { migrate } from '#server/db/migrate.ts';
import { siteDatabase } from '#server/db/site-database.ts';
import { importFiles } from '#server/imports/import-files.ts';
import { rejectedReasons, rejectedRecords } from '#server/imports/rejected-records.ts';
import { sourceAt } from '#server/imports/source.ts';
import { setAsideIn, type Summary } from '#server/imports/tally.ts';
import { Refused } from '#server/refused.ts';
import { signalOfInterrupt } from './interruptible.ts';
import { printable } from './printable.ts';
import { progressLine } from './progress-line.ts';

export const help = `broadsheet import FILE… [--json] [--quiet]
broadsheet import --rejected [--json]

Takes in papers, featured papers and what is said of editions: one JSON object a line, plain, .gz or .zst; "-" is standard
input. arXiv’s own bulk metadata file is understood too. docs/import.md describes the fields. It can be cut off and run again:
what was taken is not written twice. What cannot be taken is set aside with its reason, and the rest goes on.

  --rejected   list what the last import of each file set aside, and why
  --json       print the summary as one JSON object, or the list as JSON Lines
  --quiet      no progress

Exit status: 0 all was taken, 2 something was set aside, 1 it could not run, 130 it was cut off.
`;

export async function run(args: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			json: { type: 'boolean', default: false },
			quiet: { type: 'boolean', default: false },
			rejected: { type: 'boolean', default: false }
		}
	});
	if (values.rejected === positionals.length > 0)
		throw new Refused('invalid', 'Name the files to import, "-" for standard input; or say --rejected, without files.');
	return values.rejected ? listRejected(values) : importAll(positionals, values);
}

async function importAll(paths: string[], { json, quiet }: { json: boolean; quiet: boolean }) {
	const sources = await Promise.all(paths.map(sourceAt));
	const signal = signalOfInterrupt();
	await keepBeforeUpgrade(config);
	const { db, close } = await siteDatabase();
	const progress = progressLine(quiet ? null : process.stderr);
	const began = performance.now();
	try {
		await migrate(db);
		const summary = await importFiles(db, {
			sources,
			now: () => new Date(),
			signal,
			onProgress: (far) => progress.show(far)
		});
		progress.end();
		const seconds = Math.round(performance.now() - began) / 1000;
		process.stdout.write(json ? `${JSON.stringify({ ...summary, seconds })}\n` : summaryText(summary, seconds));
		return exitStatus(summary);
	} finally {
		await close();
	}
}

async function listRejected({ json }: { json: boolean }) {
	const { db, close } = await siteDatabase();
	try {
		await migrate(db);
		for await (const line of json ? rejectedAsJson(db) : rejectedAsText(db))
			process.stdout.write(`${printable(line)}\n`);
		return 0;
	} finally {
		await close();
	}
}

async function* rejectedAsJson(db: Db) {
	for await (const { file, line, reason, record, rejected_at } of rejectedRecords(db))
		yield JSON.stringify({ file, line, reason, record, rejected_at });
}

async function* rejectedAsText(db: Db) {
	for await (const { file, line, reason } of rejectedReasons(db)) yield `${file}:${line}: ${reason}`;
}

function exitStatus(summary: Summary) {
	if (!summary.finished) return 130;
	return setAsideIn(summary) > 0 ? 2 : 0;
}

function summaryText(summary: Summary, seconds: number) {
	const rows = [
		['Papers', summary.paper],
		['Featured', summary.feature],
		['Editions', summary.edition]
	] as const;
	const lines = rows
		.filter(([, counts]) => Object.values(counts).some((count) => count > 0))
		.map(([name, counts]) => `${`${name}:`.padEnd(10)}${countsText(counts)}`);
	const setAside = setAsideIn(summary);
	if (summary.unreadable > 0) lines.push(`${'Lines:'.padEnd(10)}${number(summary.unreadable)} could not be read`);
	if (lines.length === 0 && summary.finished) lines.push('There was nothing to import.');
	if (setAside > 0) lines.push(`${number(setAside)} set aside in all: broadsheet import --rejected says why.`);
	if (!summary.finished) lines.push('It was cut off; what is counted here is kept. Run it again to take the rest.');
	return `${lines.join('\n')}\n${number(Math.round(seconds))} seconds.\n`;
}

function countsText(counts: Summary['paper']) {
	return Object.entries(counts)
		.filter(([result, count]) => count > 0 || ['new', 'changed', 'unchanged'].includes(result))
		.map(([result, count]) => `${number(count)} ${result.replace('_', ' ')}`)
		.join(', ');
}

function number(value: number) {
	return value.toLocaleString('en');
}
