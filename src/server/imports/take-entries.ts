import type { Db } from '#server/db/database.ts';
import { describeEditions, featurePapers } from '#server/editions/feature.ts';
import type { EditionEntry, FeatureEntry, PaperEntry, ReadEntry } from './entry.ts';
import { isolating } from './isolating.ts';
import { paperBatches } from './paper-batches.ts';
import type { Tally } from './tally.ts';

interface Taking {
	tally: Tally;
	now: () => Date;
	signal?: AbortSignal;
}

/** Featured papers and editions that are written in one transaction; for papers the number adapts. */
const batch = 100;

/** Gathers the entries of a file and takes them in batches, the papers first. */
export function entryTaker(db: Db, taking: Taking) {
	const { tally, now, signal } = taking;
	const batches = paperBatches<PaperEntry>(db, { now, onTaken: tally.taken });
	const unknown: FeatureEntry[] = [];
	const papers = gathering(batches.size, batches.take, signal);
	const features = gathering<FeatureEntry>(
		() => batch,
		async (some) => void unknown.push(...(await takeFeatures(db, some, taking))),
		signal
	);
	const editions = gathering<EditionEntry>(
		() => batch,
		(some) => takeEditions(db, some, taking),
		signal
	);
	return {
		add(entry: ReadEntry) {
			if (entry.kind === 'paper') papers.add(entry);
			else if (entry.kind === 'feature') features.add(entry);
			else editions.add(entry);
		},
		async takeFull() {
			for (const gathered of [papers, features, editions]) await gathered.take(false);
		},
		async takeRest() {
			await papers.take(true);
			await batches.finish();
			for (const gathered of [features, editions]) await gathered.take(true);
		},
		/** Tries the featured papers again that were not known, and gives those that still are not. */
		async takeUnknown() {
			for (const entry of unknown.splice(0)) features.add(entry);
			await features.take(true);
			return unknown;
		}
	};
}

/** Takes featured papers, and gives back those that are not known. */
async function takeFeatures(db: Db, entries: readonly FeatureEntry[], { tally, now }: Taking) {
	const results = await isolating(entries, (some) =>
		featurePapers(db, { records: some.map(({ record }) => record), now: now() })
	);
	return entries.filter((entry, index) => {
		const result = results[index]!;
		if (result === 'unknown') return true;
		tally.taken(entry, result);
		return false;
	});
}

async function takeEditions(db: Db, entries: readonly EditionEntry[], { tally }: Taking) {
	const results = await isolating(entries, (some) =>
		describeEditions(
			db,
			some.map(({ record }) => record)
		)
	);
	for (const [index, entry] of entries.entries()) tally.taken(entry, results[index]!);
}

/** Entries that wait until they are a batch, or the end. Once the signal says stop, the rest is left. */
function gathering<Entry>(size: () => number, take: (some: Entry[]) => Promise<void>, signal?: AbortSignal) {
	const waiting: Entry[] = [];
	return {
		add: (entry: Entry) => void waiting.push(entry),
		async take(isEnd: boolean) {
			while (!signal?.aborted && waiting.length >= (isEnd ? 1 : size())) await take(waiting.splice(0, size()));
		}
	};
}
