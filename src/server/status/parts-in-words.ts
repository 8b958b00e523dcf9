import { instant, size, span } from './amounts.ts';
import type { SiteStatus } from './status.ts';

/** Something that runs, or does not: a square that is full, half or open, a word beside it, its name, and what is said of it. */
export interface Part {
	state: 'full' | 'half' | 'open';
	word: string;
	name: string;
	says: string;
}

/** What Broadsheet can use, as far as a database has it; it cannot do without the first. */
const EXTENSIONS = [
	{ name: 'pg_trgm', words: 'parts of names (pg_trgm)' },
	{ name: 'pg_textsearch', words: 'BM25 (pg_textsearch)' },
	{ name: 'vector', words: 'vectors (pgvector)' }
];

export function partsInWords(status: SiteStatus): Part[] {
	return [broadsheetPart(status), databasePart(status), ...extensionsPart(status)];
}

function broadsheetPart({ at, version, started_at, mismatch }: SiteStatus): Part {
	const says = `Since ${instant(started_at)}, for ${span(at.getTime() - started_at.getTime())}.`;
	return {
		state: mismatch ? 'half' : 'full',
		word: mismatch ? 'does not fit' : 'runs',
		name: `Broadsheet ${version}`,
		says
	};
}

function databasePart(status: SiteStatus): Part {
	const { database, kind } = status;
	const where = kind === 'embedded' ? 'The embedded database' : 'A database server';
	if (!database)
		return { state: 'open', word: 'silent', name: where, says: 'It was asked, and gave no answer in time.' };
	const full = status.process?.full ?? false;
	return {
		state: full ? 'half' : 'full',
		word: full ? 'reads only' : 'answers',
		name: `PostgreSQL ${database.version}`,
		says: `${where}. ${lifeOf(status)}`.trim()
	};
}

function lifeOf({ at, kind, process, database }: SiteStatus) {
	const started = kind === 'embedded' ? process && new Date(process.startedAt) : database!.started_at;
	if (!started) return '';
	const memory = process ? ` It takes ${size(process.rssBytes)} of memory.` : '';
	return `Since ${instant(started)}, for ${span(at.getTime() - started.getTime())}.${memory}`;
}

function extensionsPart({ database }: SiteStatus): Part[] {
	if (!database) return [];
	const isThere = (name: string) => database.extensions.some((one) => one.name === name && one.installed);
	const [there, lacking] = [true, false].map((wanted) =>
		EXTENSIONS.filter(({ name }) => isThere(name) === wanted).map(({ words }) => words)
	) as [string[], string[]];
	const needed = isThere('pg_trgm');
	return [
		{
			state: needed ? 'full' : 'open',
			word: needed ? 'there' : 'missing',
			name: 'Extensions of the database',
			says: [
				there.length > 0 ? `There: ${there.join(', ')}.` : 'None.',
				needed && lacking.length > 0 ? `Not there, and not needed by this version: ${lacking.join(', ')}.` : null
			]
				.filter(Boolean)
				.join(' ')
		}
	];
}
