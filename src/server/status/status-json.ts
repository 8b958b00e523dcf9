import type { DatabaseState } from '#server/db/embedded/control.ts';
import { alarmsOf, headlineOf } from './alarms.ts';
import type { Backup, SiteStatus } from './status.ts';
import { withoutPlaces } from './without-places.ts';

/** The status as programs read it: bytes, seconds, milliseconds, instants in UTC. What is not known is null. */
export function statusJson(status: SiteStatus) {
	const alarms = alarmsOf(status);
	const { database, process, room, unsearchable, embeddings, queue, backups, slow } = status;
	return {
		at: status.at,
		headline: headlineOf(alarms),
		alarms,
		broadsheet: { version: status.version, started_at: status.started_at },
		database: { kind: status.kind, answers: database !== null, ...softwareOf(status) },
		papers: database && { ...papersOf(database), unsearchable },
		room: room && {
			database_bytes: room.database,
			folder_bytes: room.folder,
			free_bytes: process?.freeBytes ?? room.free
		},
		// No word of it where no endpoint is set.
		...(embeddings && { embeddings }),
		backups: backups?.map(backupOf) ?? null,
		queue,
		pauses: process && pausesOf(process),
		slow
	};
}

/** Without the name of the file, which is the operator's own choice. */
function backupOf({ made_at, bytes, rows, seconds, verified_at, failure }: Backup) {
	return { made_at, bytes, rows, seconds, verified_at, failure: failure && withoutPlaces(failure) };
}

function softwareOf({ database, process, kind }: SiteStatus) {
	const started = kind === 'embedded' ? process?.startedAt : database?.started_at;
	const extensions = database?.extensions.map(({ name, installed }) => [name, installed]);
	return {
		postgresql: database?.version ?? null,
		started_at: started ?? null,
		extensions: extensions ? Object.fromEntries(extensions) : null,
		memory_bytes: process?.rssBytes ?? null,
		writes_refused: process?.full ?? null
	};
}

function papersOf(database: NonNullable<SiteStatus['database']>) {
	const { papers, papers_estimated, editions, first_day, latest_day, featured, announced, rejected } = database;
	return { papers, estimated: papers_estimated, editions, first_day, latest_day, featured, announced, rejected };
}

function pausesOf({ checkpoints, vacuums, copies }: DatabaseState) {
	const told = ({ count, longestMs, lastMs, lastAt }: DatabaseState['copies']) => {
		return { count, longest_ms: longestMs, last_ms: lastMs, last_at: lastAt };
	};
	return { checkpoints: told(checkpoints), vacuums: told(vacuums), copies: told(copies) };
}
