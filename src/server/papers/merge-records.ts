import type { PaperRecord } from './paper-record.ts';

// What a source is trusted to know better than another one at the same version. Not listed: 2.
const trust = new Map(Object.entries({ seed: 0, hf: 1, abs: 3, arxiv: 3 }));

/**
 * Whether what was read speaks for the paper, or only adds what is not known yet. The higher version does; else the later
 * update; else the same source that spoke before, so that a mended file takes effect; else the more trusted source. Two
 * sources that are trusted alike do not overwrite each other, or a second run over both files would change the paper twice.
 */
export function leads(read: PaperRecord, known: PaperRecord) {
	if (read.version && known.version && read.version !== known.version) return read.version > known.version;
	if (read.updated && known.updated && read.updated !== known.updated) return read.updated > known.updated;
	return read.source === known.source || trustIn(read.source) > trustIn(known.source);
}

/** Whether the record is of a version that has been replaced since. */
export function isOlder(read: PaperRecord, known: PaperRecord) {
	return read.version !== null && known.version !== null && read.version < known.version;
}

/**
 * What is known of a paper after a record of it was read. The one that leads is believed, field by field; what it does not
 * say is taken from the other, so nothing known is lost by a poorer record. Three fields have rules of their own:
 *
 * - version and the times of the versions only grow;
 * - the comment is on a version: a new version that has none ends the old one's, and an older version's is not taken;
 * - a paper stays withdrawn until a new version no longer says so, or the source says that it is not.
 *
 * White space in a text is no difference. `read` has its names read and its links found (paper-changes.ts).
 */
export function mergeRecords(known: PaperRecord, read: PaperRecord): PaperRecord {
	const isLed = leads(read, known);
	const isNewVersion = isOlder(known, read);
	const [first, second] = isLed ? [read, known] : [known, read];
	return {
		key: known.key,
		title: sameText(first.title, known.title) ? known.title : first.title,
		abstract: sameText(first.abstract, known.abstract) ? known.abstract : first.abstract,
		authors: first.authors.length > 0 ? first.authors : second.authors,
		authorCount: first.authorCount ?? second.authorCount,
		categories: first.categories.length > 0 ? first.categories : second.categories,
		published: first.published ?? second.published,
		updated: laterOf(known.updated, read.updated),
		announced: first.announced ?? second.announced,
		version: Math.max(known.version ?? 0, read.version ?? 0) || null,
		submitted: submittedIn(first.submitted, second.submitted),
		comment: isNewVersion || isOlder(read, known) ? first.comment : (first.comment ?? second.comment),
		journalRef: first.journalRef ?? second.journalRef,
		doi: first.doi ?? second.doi,
		licence: first.licence ?? second.licence,
		organisation: first.organisation ?? second.organisation,
		code: first.code ?? second.code,
		project: first.project ?? second.project,
		withdrawn: isLed ? (read.withdrawn ?? (isNewVersion ? false : known.withdrawn)) : known.withdrawn,
		source: first.source
	};
}

/** Whether two texts differ in more than white space. */
export function sameText(one: string, other: string) {
	return one === other || one.replace(/\s+/g, ' ') === other.replace(/\s+/g, ' ');
}

function trustIn(source: string) {
	return trust.get(source) ?? 2;
}

function laterOf(one: string | null, other: string | null) {
	return (one ?? '') > (other ?? '') ? one : other;
}

function submittedIn(first: (string | null)[], second: (string | null)[]) {
	const length = Math.max(first.length, second.length);
	return Array.from({ length }, (_, index) => first[index] ?? second[index] ?? null);
}
