import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { Refused } from '../../refused.ts';
import { answers } from './checked-socket.ts';
import { checkSocketFolder, socketFolderOf } from './data-folder.ts';
import type { Work } from './tally.ts';

/** The second socket of the database process, in the folder of the first: one line of JSON is asked, one is answered. */
export const controlName = 'control';

/** How the database process of a data folder does. Counts are since it started. */
export interface DatabaseState {
	pid: number;
	/** Of Broadsheet. */
	version: string;
	startedAt: string;
	clients: number;
	units: number;
	fsyncs: number;
	rssBytes: number;
	checkpoints: Work;
	vacuums: Work;
	copies: Work;
	freeBytes: number;
	/** Writes are refused for want of room. */
	full: boolean;
}

export interface Copied {
	bytes: number;
	/** For how long nobody else was served. */
	pauseMs: number;
}

export type ControlRequest = { ask: 'state' } | { ask: 'copy'; to: string };

/** Milliseconds. The main thread answers at once; a copy takes as long as it takes. */
const patience = { state: 5_000, copy: 0 };

/** How the database process does that serves this folder, also while its backend is busy. Refuses when none answers. */
export const databaseState = (dataFolder: string) => ask<DatabaseState>(dataFolder, { ask: 'state' });

/**
 * Copies the running database into `to`, which becomes a data folder of its own: with all that is committed, wholly or not
 * at all. Refuses when nobody answers, when `to` exists, or when there is no room for it.
 */
export const copyDatabase = (dataFolder: string, to: string) =>
	ask<Copied>(dataFolder, { ask: 'copy', to: resolve(to) });

async function ask<Answer>(dataFolder: string, request: ControlRequest) {
	if (!existsSync(dataFolder)) throw nobody(dataFolder);
	const socketFolder = socketFolderOf(dataFolder);
	if (!checkSocketFolder(socketFolder)) throw nobody(dataFolder);
	const line = await exchange(join(socketFolder, controlName), request).catch(async () => {
		throw (await answers(socketFolder)) ? older(dataFolder) : nobody(dataFolder);
	});
	if (!line.endsWith('\n'))
		throw new Refused('unavailable', `The database in ${dataFolder} ended before it had answered; try again.`);
	const answer = JSON.parse(line) as Answer | { refused: string };
	if ('refused' in (answer as object)) throw new Refused('unavailable', (answer as { refused: string }).refused);
	return answer as Answer;
}

function exchange(path: string, request: ControlRequest) {
	const socket = connect(path);
	socket.setTimeout(patience[request.ask], () => socket.destroy(new Error('no answer')));
	socket.end(`${JSON.stringify(request)}\n`);
	return text(socket);
}

const nobody = (dataFolder: string) => new Refused('unavailable', `No database runs in ${dataFolder}.`);

/** The process that answers is of a version that cannot be asked. It leaves ten seconds after its last client. */
export class OlderProcess extends Refused {}

const older = (dataFolder: string) =>
	new OlderProcess(
		'unavailable',
		`The database in ${dataFolder} was started by an older version of Broadsheet; stop what uses it, wait ten seconds, and start this version.`
	);
