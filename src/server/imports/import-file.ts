import type { Db } from '#server/db/database.ts';
import { entryOf, type FeatureEntry, type ReadEntry } from './entry.ts';
import { firstSeen } from './first-seen.ts';
import { type Line, linesIn } from './lines.ts';
import { newRejectedList } from './rejected-records.ts';
import type { Source } from './source.ts';
import { entryTaker } from './take-entries.ts';
import { type Summary, type Tally, tallyOf } from './tally.ts';
import { unpacked } from './unpacked.ts';

export interface FileImport {
	source: Source;
	summary: Summary;
	now: () => Date;
	signal?: AbortSignal;
	/** Told of the bytes of each chunk that is read. */
	onRead: (bytes: number) => void;
}

/** Takes in one file. A featured paper that is not known may come in a later file: `retry` tries those once more. */
export async function importFile(db: Db, { source, summary, now, signal, onRead }: FileImport) {
	const rejected = await newRejectedList(db, source.name);
	const tally = tallyOf(summary, rejected);
	const taker = entryTaker(db, { tally, now, signal });
	const isRepeated = repetitionCheck(tally);
	for await (const lines of untilAborted(linesIn(unpacked(counted(source.open(signal), onRead))), signal)) {
		for (const entry of entriesOf(lines, tally)) if (!isRepeated(entry)) taker.add(entry);
		await taker.takeFull();
		await rejected.write(now());
	}
	await taker.takeRest();
	await rejected.write(now());
	return {
		async retry() {
			for (const entry of await taker.takeUnknown()) tally.setAside('feature', { ...entry, reason: notHere(entry) });
			await rejected.write(now());
		}
	};
}

function notHere({ record }: FeatureEntry) {
	return `its paper ${record.key} is not here; import that, then this again`;
}

async function* untilAborted<T>(all: AsyncIterable<T>, signal?: AbortSignal) {
	try {
		for await (const one of all) {
			if (signal?.aborted) return;
			yield one;
		}
	} catch (error) {
		if (!signal?.aborted) throw error;
	}
}

async function* counted(chunks: AsyncIterable<Buffer>, onRead: (bytes: number) => void) {
	for await (const chunk of chunks) {
		onRead(chunk.length);
		yield chunk;
	}
}

function* entriesOf(lines: readonly Line[], tally: Tally): Generator<ReadEntry> {
	for (const line of lines) {
		const entry = entryOf(line);
		if (entry?.kind === 'set aside') tally.setAside(entry.as, entry);
		else if (entry) yield entry;
	}
}

/** A line that repeats an earlier one changes nothing. One that says something else of the same is set aside. */
function repetitionCheck(tally: Tally) {
	const earlierIn = firstSeen();
	return (entry: ReadEntry) => {
		const earlier = earlierIn(entry);
		if (!earlier) return false;
		const reason = `is also on line ${earlier.line}, with other content; that one was taken`;
		if (earlier.isSame) tally.count(entry.kind, 'unchanged');
		else tally.setAside(entry.kind, { line: entry.line, reason });
		return true;
	};
}
