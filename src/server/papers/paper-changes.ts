import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { nameKey, readNames } from '#server/text/names.ts';
import { linksIn } from './links.ts';
import { isOlder, leads, mergeRecords, sameText } from './merge-records.ts';
import type { PaperRecord } from './paper-record.ts';
import { factsOf, findableOf, textsOf, textsOfStanding } from './paper-row.ts';
import { type Findable, type PaperWords, paperWordsOf } from './paper-words.ts';
import { type Beside, recordOfStanding } from './standing-papers.ts';
import { isWithdrawn } from './withdrawal.ts';
import { type Count, difference } from './word-counts.ts';

/** What a record did. An `older` one is of a version that was replaced; at most it brings what was not known. */
export type Outcome = 'new' | 'changed' | 'unchanged' | 'older';

/** What is to be written because of a record. */
export interface Change {
	outcome: Outcome;
	key: string;
	/** The paper's number and the state of its row when it was read; null when it was not there. */
	id: number | null;
	rowState: string | null;
	/** Null: nothing to write. */
	paper: PaperRow | null;
	organisation: PaperRecord['organisation'];
	authors: AuthorRow[] | null;
	/** What it is found by, where that changes. */
	words: PaperWords | null;
	/** By how much there are more papers with a word or a name, or fewer; none of a new paper, which is counted later. */
	counts: Count[];
	versions: VersionRow[];
	replaced: ReplacedText[];
}

export interface AuthorRow {
	position: number;
	name: string;
	name_key: string;
}

export interface VersionRow {
	version: number;
	submitted_at: string | null;
	title: string | null;
	abstract: string | null;
}

/** A title or an abstract that was changed without a new version. */
export interface ReplacedText {
	field: 'title' | 'abstract';
	before: string;
}

type PaperRow = ReturnType<typeof factsOf> & ReturnType<typeof textsOf> & Kept;

interface Kept {
	withdrawn_at: Date | string | null;
	record_digest: string;
	recorded_at: Date;
	changed_at: Date;
}

/**
 * What records change in the papers beside them, with titles and abstracts set. Setting them is most of the work of an
 * import, so the event loop gets a turn before each, and the transaction that runs meanwhile is not held up.
 */
export async function changesIn(all: readonly Beside[], now: Date): Promise<Change[]> {
	const changes: Change[] = [];
	for (const beside of all) {
		if (!beside.isUnchanged) await setImmediate();
		changes.push(beside.isUnchanged ? nothing(beside, 'unchanged') : changeIn(beside, now));
	}
	return changes;
}

function changeIn(beside: Beside, now: Date): Change {
	const { standing } = beside;
	const read = completed(beside.record);
	const known = standing && recordOfStanding(standing);
	const merged = known ? mergeRecords(known, read) : read;
	const isSame = known !== null && isDeepStrictEqual(merged, known);
	const versions = versionRows({ known, merged, read });
	// The digest is that of the record which leads, so that a second reading of it is short.
	const digest = standing && !leads(read, known!) ? standing.record_digest.toString('hex') : beside.digest;
	if (isSame && digest === standing!.record_digest.toString('hex'))
		return { ...nothing(beside, isOlder(read, known) ? 'older' : 'unchanged'), versions };
	const hasTexts = known !== null && merged.title === known.title && merged.abstract === known.abstract;
	const texts = hasTexts ? textsOfStanding(standing!) : textsOf(merged);
	return {
		...nothing(beside, outcomeOf({ known, read, isSame })),
		paper: {
			...factsOf(merged),
			...texts,
			withdrawn_at: merged.withdrawn ? (standing?.withdrawn_at ?? instantOf(merged.updated) ?? now) : null,
			record_digest: `\\x${digest}`,
			recorded_at: standing?.recorded_at ?? now,
			changed_at: isSame ? standing!.changed_at : now
		},
		organisation: merged.organisation,
		authors: isDeepStrictEqual(merged.authors, known?.authors) ? null : authorRows(merged.authors),
		...foundBy({ before: known && findableOf(known, standing!), after: findableOf(merged, texts) }),
		versions,
		replaced: known ? replacedIn(known, merged) : []
	};
}

function nothing({ record, standing, rowState }: Beside, outcome: Outcome): Change {
	const id = standing?.id ?? null;
	const none = { paper: null, organisation: null, authors: null, words: null, counts: [], versions: [], replaced: [] };
	return { outcome, key: record.key, id, rowState, ...none };
}

function outcomeOf({
	known,
	read,
	isSame
}: {
	known: PaperRecord | null;
	read: PaperRecord;
	isSame: boolean;
}): Outcome {
	if (!known) return 'new';
	if (isOlder(read, known)) return 'older';
	return isSame ? 'unchanged' : 'changed';
}

/** A record with its names read, and with what its wording says: links to code and project, and that it is withdrawn. */
function completed(record: PaperRecord): PaperRecord {
	const links = linksIn(record.abstract, record.comment ?? '');
	return {
		...record,
		authors: readNames(record.authors),
		code: record.code ?? links.code,
		project: record.project ?? links.project,
		withdrawn: record.withdrawn ?? (isWithdrawn(record) || null)
	};
}

function instantOf(day: string | null) {
	return day && `${day}T00:00:00Z`;
}

function authorRows(names: readonly string[]): AuthorRow[] {
	return names.map((name, index) => ({ position: index + 1, name, name_key: nameKey(name) }));
}

function foundBy({ before, after }: { before: Findable | null; after: Findable }): Pick<Change, 'words' | 'counts'> {
	if (before && isDeepStrictEqual(before, after)) return { words: null, counts: [] };
	const words = paperWordsOf(after);
	if (!before) return { words, counts: [] };
	const [was, is] = [
		{ words: paperWordsOf(before).words, authors: before.authors },
		{ words: words.words, authors: after.authors }
	];
	return { words, counts: difference(was, is) };
}

/** The versions that were not known so, and the text of one that is replaced now or was before we saw it. */
function versionRows({ known, merged, read }: { known: PaperRecord | null; merged: PaperRecord; read: PaperRecord }) {
	const replaced = [known, read].find((one) => one && isOlder(one, merged));
	return Array.from({ length: merged.version ?? 0 }, (_, index): VersionRow[] => {
		const version = index + 1;
		const submitted_at = merged.submitted[index] ?? null;
		const isReplaced = replaced?.version === version;
		const isKnown = version <= (known?.version ?? 0) && (known!.submitted[index] ?? null) === submitted_at;
		if (isKnown && !isReplaced) return [];
		const { title, abstract } = isReplaced ? replaced : { title: null, abstract: null };
		return [{ version, submitted_at, title, abstract }];
	}).flat();
}

function replacedIn(known: PaperRecord, merged: PaperRecord): ReplacedText[] {
	if (isOlder(known, merged)) return [];
	const fields = ['title', 'abstract'] as const;
	return fields
		.filter((field) => !sameText(known[field], merged[field]))
		.map((field) => ({ field, before: known[field] }));
}
