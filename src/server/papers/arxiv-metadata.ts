import { isObject, type JsonObject } from './record-fields.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const mailDate = /^\w{3}, (\d{1,2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;

/** Whether a record is a line of arXiv's own bulk metadata (`arxiv-metadata-oai-snapshot.json`) and not of our form. */
export function isArxivMetadata(record: JsonObject) {
	return 'authors_parsed' in record || 'journal-ref' in record || typeof record.categories === 'string';
}

/**
 * A line of arXiv's bulk metadata in the form of our own files, for paperRecordOf to check: what is of an unexpected type
 * is passed on as it is. The submitter, a person's name that arXiv's pages show only to say who typed, is left behind.
 */
export function fromArxivMetadata(record: JsonObject): JsonObject {
	const submitted = submittedIn(record.versions);
	return {
		id: record.id,
		title: record.title,
		abstract: record.abstract,
		authors: Array.isArray(record.authors_parsed) ? record.authors_parsed.map(nameOf) : namesIn(record.authors),
		categories: typeof record.categories === 'string' ? record.categories.split(/\s+/) : record.categories,
		comment: record.comments,
		journal_ref: record['journal-ref'],
		doi: record.doi,
		license: record.license,
		published: Array.isArray(submitted) ? submitted[0] : undefined,
		updated: Array.isArray(submitted) && submitted.length > 0 ? submitted.at(-1) : record.update_date,
		submitted,
		source: 'arxiv'
	};
}

/** `["Balázs", "C.", ""]`: family name, given names, and what follows a name ("Jr."). */
function nameOf(parsed: unknown) {
	if (!Array.isArray(parsed)) return parsed;
	const [family, given, suffix] = parsed as unknown[];
	return [given, family, suffix].filter((part) => typeof part === 'string' && part !== '').join(' ');
}

/** `C. Balázs, E. L. Berger and C.-P. Yuan`. */
function namesIn(authors: unknown) {
	return typeof authors === 'string' ? authors.replace(/\s+/g, ' ').split(/, (?:and )?| and /) : authors;
}

/** `[{ version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' }]` as a list of instants with version 1 first. */
function submittedIn(versions: unknown) {
	if (!Array.isArray(versions)) return versions;
	const submitted: unknown[] = [];
	for (const [at, entry] of versions.entries()) {
		const number = isObject(entry) && /^v([1-9]\d{0,2})$/.exec(textIn(entry.version))?.[1];
		submitted[number ? Number(number) - 1 : at] = isObject(entry) ? instantOf(entry.created) : entry;
	}
	return Array.from(submitted, (instant) => instant ?? null);
}

function instantOf(created: unknown) {
	const [, day, month, year, time] = mailDate.exec(textIn(created)) ?? [];
	if (!day) return created;
	const number = months.indexOf(month!) + 1;
	return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}T${time}Z`;
}

function textIn(value: unknown) {
	return typeof value === 'string' ? value : '';
}
