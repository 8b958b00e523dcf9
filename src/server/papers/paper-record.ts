import { createHash } from 'node:crypto';
import { keyAndVersion } from './paper-key.ts';
import {
	address,
	flag,
	type JsonObject,
	line,
	lines,
	moment,
	momentsIn,
	needed,
	quoted,
	type Reading,
	readingOf,
	refusalOf,
	text,
	weekday,
	wholeNumber,
	within,
	wrong
} from './record-fields.ts';

/** What a source says of a paper, the same for every source. Null and empty: not known. Texts are as the source has them, TeX and all. */
export interface PaperRecord {
	key: string;
	title: string;
	abstract: string;
	authors: string[];
	/** More than are named, where the source says so. */
	authorCount: number | null;
	/** The primary one first. */
	categories: string[];
	/** Days: when version 1 and when the latest version were submitted, and when arXiv's listing first had the paper. */
	published: string | null;
	updated: string | null;
	announced: string | null;
	version: number | null;
	/** When versions 1 to `version` were submitted, as far as known. */
	submitted: (string | null)[];
	comment: string | null;
	journalRef: string | null;
	doi: string | null;
	licence: string | null;
	organisation: { handle: string; name: string } | null;
	code: string | null;
	project: string | null;
	/** Null: the source does not say, and the wording decides (withdrawal.ts). */
	withdrawn: boolean | null;
	source: string;
}

/** Where a record does not name its source. */
export const unnamedSource = 'import';

/** The most characters that a text of ours has. */
export const longestText = 65_536;
const longestTitle = 2_000;
const longestName = 1_000;
// More than any paper has; a record that says two thousand million must not become as many rows.
const mostVersions = 999;
// As all 177 of arXiv are written: `hep-th`, `cond-mat.mtrl-sci`.
const category = /^[A-Za-z][A-Za-z-]{1,19}(\.[A-Za-z-]{2,12})?$/;

/**
 * Reads a paper of a JSON Lines file, whose fields docs/import.md describes. Refuses it with everything that is wrong: what is
 * missing, of a wrong type, too long or impossible.
 */
export function paperRecordOf(record: JsonObject): PaperRecord {
	const from = readingOf(record);
	const named = keyIn(from);
	const title = line(from, 'title', longestTitle);
	const abstract = text(from, 'abstract', longestText);
	const dates = datesIn(from, named?.version ?? 0);
	const rest = {
		authors: lines(from, 'authors', { most: 10_000, longest: longestName }),
		authorCount: wholeNumber(from, 'author_count', { least: 1, most: 100_000 }),
		categories: categoriesIn(from),
		comment: line(from, 'comment', longestText),
		journalRef: line(from, 'journal_ref', longestTitle),
		doi: line(from, 'doi', 500)?.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '') ?? null,
		licence: address(from, 'license'),
		organisation: organisationIn(from),
		code: address(from, 'code'),
		project: address(from, 'project'),
		withdrawn: flag(from, 'withdrawn'),
		source: line(from, 'source', 100) ?? unnamedSource
	};
	const isWhole = [needed(from, 'title', title), needed(from, 'abstract', abstract)].every(Boolean);
	if (!isWhole || from.reasons.length > 0) throw refusalOf(from);
	return { key: named!.key, title: title!, abstract: abstract!.replace(/\r\n?/g, '\n'), ...dates, ...rest };
}

/** SHA-256 of everything that the record says, by which an unchanged one is known again. */
export function digestOf(record: PaperRecord) {
	return createHash('sha256').update(JSON.stringify(record)).digest('hex');
}

/** An organisation as sources write it: its handle is that of its address. */
export function organisationIn(from: Reading) {
	const organisation = within(from, 'organization');
	if (!organisation) return null;
	const handle = line(organisation, 'handle', 100);
	const name = line(organisation, 'name', 300);
	if (handle && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(handle))
		wrong(organisation, 'handle', `has other signs than letters, digits, ".", "_" and "-": ${quoted(handle)}`);
	return needed(organisation, 'handle', handle) ? { handle, name: name ?? handle } : null;
}

/** The key of the paper that `id` names. */
export function keyIn(from: Reading) {
	const id = line(from, 'id', longestName);
	if (!needed(from, 'id', id)) return null;
	return (
		keyAndVersion(id) ?? wrong(from, 'id', `is neither an arXiv id nor a DOI of bioRxiv or medRxiv: ${quoted(id)}`)
	);
}

function datesIn(from: Reading, versionInId: number) {
	const published = moment(from, 'published');
	const submitted = momentsIn(from, 'submitted');
	const versions = wholeNumber(from, 'versions', { least: 1, most: mostVersions }) ?? 0;
	if (submitted.length > mostVersions) wrong(from, 'submitted', `has more than ${mostVersions} versions`);
	const version = Math.max(versions, submitted.length, versionInId);
	submitted[0] ??= published?.includes('T') ? published : null;
	const instant = (index: number) => (submitted[index] ? new Date(submitted[index]).toISOString() : null);
	return {
		published: published && published.slice(0, 10),
		updated: moment(from, 'updated')?.slice(0, 10) ?? null,
		announced: weekday(from, 'announced'),
		version: version || null,
		submitted: from.reasons.length > 0 ? [] : Array.from({ length: version }, (_, index) => instant(index))
	};
}

function categoriesIn(from: Reading) {
	const primary = line(from, 'primary_category', 100);
	const all = lines(from, 'categories', { most: 100, longest: 100 });
	const categories = [...new Set(primary ? [primary, ...all] : all)];
	const strange = categories.find((name) => !category.test(name));
	if (strange)
		wrong(
			from,
			strange === primary ? 'primary_category' : 'categories',
			`has what is not a category: ${quoted(strange)}`
		);
	return categories;
}
