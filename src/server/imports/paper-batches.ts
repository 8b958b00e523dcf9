import type { Db } from '#server/db/database.ts';
import { type Change, changesIn, type Outcome } from '#server/papers/paper-changes.ts';
import type { PaperRecord } from '#server/papers/paper-record.ts';
import { recordPapers } from '#server/papers/record-papers.ts';
import { besideWhatStands } from '#server/papers/standing-papers.ts';
import { writePapers } from '#server/papers/write-papers.ts';
import { isolating, type NotTaken, reasonOf } from './isolating.ts';

interface PaperEntry {
	record: PaperRecord;
}

export interface PaperBatches<Entry> {
	/** How many entries a batch should have now. */
	size: () => number;
	take: (batch: readonly Entry[]) => Promise<void>;
	/** Writes what has been prepared. */
	finish: () => Promise<void>;
}

/**
 * How long a transaction may be, in milliseconds: the embedded database serves nobody else meanwhile. Aiming at
 * 12 keeps nine of ten under 18 on a busy machine; aiming at 20 itself would leave two of five above it.
 */
const longest = 20;
const aim = 12;
const largest = 200;
/** Ten papers are written in 3 to 5 ms. Where they take longer, waiting does, which a smaller batch would only do more often. */
const smallest = 10;

/**
 * Does what recordPapers does, batch by batch, with a batch's texts being set while the one before is written: the two
 * halves of the work run at once. The size of a batch follows how long the last one took to write.
 */
export function paperBatches<Entry extends PaperEntry>(
	db: Db,
	{ now, onTaken }: { now: () => Date; onTaken: (entry: Entry, outcome: Outcome | NotTaken) => void }
): PaperBatches<Entry> {
	let size = smallest;
	let prepared: Prepared<Entry> | null = null;

	async function write({ batch, changes, at }: Prepared<Entry>) {
		const began = performance.now();
		const outcomes = (changes && (await written(db, { changes, now: at }))) ?? (await oneByOne(db, batch, at));
		if (changes) size = sizeAfter({ size, wrote: batch.length, took: performance.now() - began });
		for (const [index, entry] of batch.entries()) onTaken(entry, outcomes[index]!);
	}

	return {
		size: () => size,
		async take(batch) {
			const at = now();
			const beside = await besideWhatStands(
				db,
				batch.map(({ record }) => record)
			);
			const before = prepared;
			const changes = changesIn(beside, at).catch(nullIfRefused);
			const [ready] = await Promise.all([changes, before && write(before)]);
			prepared = { batch, changes: ready, at };
		},
		async finish() {
			if (prepared) await write(prepared);
			prepared = null;
		}
	};
}

interface Prepared<Entry> {
	batch: readonly Entry[];
	/** Null: one of the records was refused, and it has to be found. */
	changes: Change[] | null;
	at: Date;
}

/** Null where the batch could not be written as it is: a record is at fault, or a paper was changed meanwhile. */
async function written(db: Db, writing: { changes: Change[]; now: Date }) {
	const isWritten = await writePapers(db, writing).catch(nullIfRefused);
	return isWritten ? writing.changes.map(({ outcome }) => outcome) : null;
}

function oneByOne<Entry extends PaperEntry>(db: Db, batch: readonly Entry[], now: Date) {
	return isolating(batch, (some) => recordPapers(db, { records: some.map(({ record }) => record), now }));
}

function nullIfRefused(fault: unknown) {
	if (reasonOf(fault) === null) throw fault;
	return null;
}

/**
 * How many papers the next batch has, after one of `size` of which `wrote` took so many milliseconds: half the way to what
 * would have taken as long as is aimed at; all of it after one that took too long. Pure.
 */
export function sizeAfter({ size, wrote, took }: { size: number; wrote: number; took: number }) {
	const fitting = (wrote * aim) / Math.max(took, 1);
	const next = took > longest ? Math.min(size, fitting) : (size + fitting) / 2;
	return Math.round(Math.min(largest, Math.max(smallest, next)));
}
