import { instant, size, span } from './amounts.ts';
import { embeddingPart } from './embedding-words.ts';
import type { SiteStatus } from './status.ts';

/** Something that runs, or does not: a square that is full, half or open, a word beside it, its name, and what is said of it. */
export interface Part {
	state: 'full' | 'half' | 'open';
	word: string;
	name: string;
	says: string;
}

export function partsInWords(status: SiteStatus): Part[] {
	return [broadsheetPart(status), databasePart(status), ...extensionPart(status), ...embeddingPart(status)];
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

/** The one extension that Broadsheet cannot do without. */
function extensionPart({ database }: SiteStatus): Part[] {
	if (!database) return [];
	const isThere = database.extensions.some(({ name, installed }) => name === 'pg_trgm' && installed);
	return [
		{
			state: isThere ? 'full' : 'open',
			word: isThere ? 'there' : 'missing',
			name: 'The extension pg_trgm',
			says: 'It finds parts of names.'
		}
	];
}
