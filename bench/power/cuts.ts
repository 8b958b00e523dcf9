import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { heldOf } from '../durability/writers.ts';
import { progressOf } from '../progress.ts';
import type { BootFiles } from './boot-files.ts';
import { checkImage } from './check-image.ts';
import { driveOn } from './drive.ts';
import { boot } from './machine.ts';

/** Every so many cuts the power goes while PostgreSQL starts after the cut before; the image is checked whole. */
const CUTS_PER = { start: 5, check: 5 };
/** Milliseconds: after the first acknowledged write of a boot, at most; and for a boot, at most. */
const LONGEST = { writing: 8_000, boot: 600_000 };

interface Cuts {
	/** What it is called while it runs. */
	name: string;
	image: string;
	files: BootFiles;
	log: string;
	cuts: number;
}

type Held = Awaited<ReturnType<typeof heldOf>> extends Map<number, infer One> ? One : never;

/** Cuts the power of the guest again and again while it writes, and compares after each boot what it holds with what it had said. */
export async function cutOften({ name, image, files, log, cuts }: Cuts) {
	const drive = driveOn(image);
	const tell = progressOf(name, cuts);
	const ledger = ledgerOf();
	const found = { damaged: 0, checks: 0, cuts_while_starting: 0 };
	let starting = 0;
	for (let cut = 1; cut <= cuts + 1; cut += 1) {
		const isLast = cut > cuts;
		const cutsStart = !isLast && starting > 0 && cut % CUTS_PER.start === 0;
		drive.begin();
		const guest = guestOf({ files, layer: drive.layer, log, ledger });
		try {
			const began = await guest.starts;
			if (cutsStart) await pause(Math.random() * starting);
			else starting = (await guest.holds) - began;
			if (!cutsStart && !isLast) await guest.writes.then(() => pause(Math.random() * LONGEST.writing));
			if (cutsStart) found.cuts_while_starting += 1;
		} catch (fault) {
			if (cut === 1) throw fault;
			// Without fsync, what a cut leaves need not start at all: then all is lost.
			console.error(`${name}, cut ${cut - 1}: ${(fault as Error).message}`);
			found.damaged += 1;
			ledger.loseAll();
			break;
		} finally {
			await guest.cut();
		}
		drive.keep();
		if (isLast || cut % CUTS_PER.check === 0) {
			found.checks += 1;
			found.damaged += await checkImage(image);
		}
		if (!isLast) tell(cut, `${ledger.found.acknowledged} acknowledged, ${ledger.found.lost} lost`);
	}
	return { cuts, ...ledger.found, ...found, damaged: found.damaged + ledger.found.torn };
}

/** What was acknowledged, as it left the guest, beside what the guest holds after a cut. */
function ledgerOf() {
	const last = new Map<number, number>();
	const gaps = new Map<number, number>();
	const found = { acknowledged: 0, lost: 0, torn: 0 };
	return {
		found,
		note(client: number, row: number) {
			found.acknowledged += 1;
			last.set(client, row);
		},
		/** Rows have no gaps: what a writer lacks was lost at the end, or from the middle, once. A half transaction is torn. */
		compare(held: Held[]) {
			for (const { client, rows, last: there, tally } of held) {
				const gap = there - rows;
				found.lost += Math.max(0, (last.get(client) ?? 0) - there) + Math.max(0, gap - (gaps.get(client) ?? 0));
				found.torn += tally === rows ? 0 : 1;
				last.set(client, there);
				gaps.set(client, gap);
			}
		},
		loseAll: () => void (found.lost = found.acknowledged)
	};
}

interface Guest {
	files: BootFiles;
	layer: string;
	log: string;
	ledger: ReturnType<typeof ledgerOf>;
}

/** A guest that boots, and the moments of its life: `starts` and `holds` give when, by our clock. */
function guestOf({ files, layer, log, ledger }: Guest) {
	const [starts, holds, writes] = [moment(), moment(), moment()];
	const fail = (words: string) => [starts, holds, writes].forEach(({ reject }) => reject(new Error(words)));
	const { cut, ended } = boot({ files, layer, log, onLine: hear });
	const timer = setTimeout(() => fail(`the guest has not started: ${lastWords(log)}`), LONGEST.boot);
	ended.then(() => fail(`the guest ended: ${lastWords(log)}`), fail);

	function hear(line: string) {
		const [, word, rest = ''] = /^(\w+) ?(.*)$/.exec(line) ?? [];
		if (word === 'starting') starts.resolve(performance.now());
		if (word === 'failed') fail(rest);
		if (word === 'held') {
			clearTimeout(timer);
			ledger.compare(JSON.parse(rest) as Held[]);
			holds.resolve(performance.now());
		}
		if (word !== 'kept') return;
		const [client, row] = rest.split(' ').map(Number);
		ledger.note(client!, row!);
		writes.resolve(performance.now());
	}

	async function stop() {
		clearTimeout(timer);
		await cut();
	}

	return { starts: starts.promise, holds: holds.promise, writes: writes.promise, cut: stop };
}

const lastWords = (log: string) => readFileSync(log, 'utf8').slice(-1_000);

function moment() {
	const made = Promise.withResolvers<number>();
	// Not everybody waits for every one.
	made.promise.catch(() => {});
	return made;
}
