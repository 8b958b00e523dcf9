import { keyIn, organisationIn } from '#server/papers/paper-record.ts';
import {
	address,
	flag,
	type JsonObject,
	line,
	needed,
	readingOf,
	refusalOf,
	text,
	weekday,
	wholeNumber,
	within
} from '#server/papers/record-fields.ts';

/** That a source featured a paper on a day, and what it says of the paper beside. */
export interface FeatureRecord {
	day: string;
	key: string;
	source: string;
	/** Its place in the source's own order. */
	sourcePlace: number | null;
	votes: number | null;
	submitter: string | null;
	organisation: { handle: string; name: string } | null;
	code: string | null;
	project: string | null;
}

/** All that is said of a day's edition as a whole. */
export interface EditionRecord {
	day: string;
	/** Shown on the edition's page. */
	note: string | null;
	/** Only some of what was announced that day is here. */
	announcedIsSample: boolean;
	/** Whether the edition came with Broadsheet, and says so. */
	isSample: boolean;
}

/** Where a featured entry does not name its source: the form of the entries is that of Hugging Face's daily papers. */
const unnamedSource = 'hf';
const counts = { least: 0, most: 1_000_000_000 };

/** Reads an entry of `daily/`, whose fields docs/import.md describes. Refuses it with everything that is wrong. */
export function featureRecordOf(record: JsonObject): FeatureRecord {
	const from = readingOf(record);
	const named = keyIn(from);
	const day = weekday(from, 'date');
	const position = wholeNumber(from, 'position', { ...counts, least: 1 });
	const submitter = within(from, 'submitter');
	const rest = {
		source: line(from, 'source', 100) ?? unnamedSource,
		sourcePlace: position,
		votes: wholeNumber(from, 'upvotes', counts),
		submitter: submitter && line(submitter, 'user', 200),
		organisation: organisationIn(from),
		code: address(from, 'github_repo'),
		project: address(from, 'project_page')
	};
	const isWhole = [needed(from, 'date', day), needed(from, 'position', position)].every(Boolean);
	if (!isWhole || from.reasons.length > 0) throw refusalOf(from);
	return { day: day!, key: named!.key, ...rest };
}

/** Reads `{"edition": "2026-04-16", "note": "…", "announced_is_sample": true}`. Refuses it with everything that is wrong. */
export function editionRecordOf(record: JsonObject): EditionRecord {
	const from = readingOf(record);
	const day = weekday(from, 'edition');
	const note = text(from, 'note', 2_000);
	const announcedIsSample = flag(from, 'announced_is_sample') ?? false;
	const isSample = flag(from, 'is_sample') ?? false;
	if (!needed(from, 'edition', day) || from.reasons.length > 0) throw refusalOf(from);
	return { day, note, announcedIsSample, isSample };
}
