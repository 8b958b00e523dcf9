import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isAlive } from '#server/db/embedded/lock.ts';

/** The names that this process has given. No two are alike, of whatever process. */
const ours = new Set<string>();

/**
 * The name that a file or a folder has while it is being made: it says who makes it, so that what a process that was killed left
 * behind is told from what another one works on.
 */
export function nameUnderWay(path: string) {
	const named = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.unfinished`;
	ours.add(basename(named));
	return named;
}

/** What lies in a folder under such a name and nobody works on, as paths. `of` says which things are meant. */
export function leftBehindIn(folder: string, of: (name: string) => boolean) {
	if (!existsSync(folder)) return [];
	const seen = { pid: process.pid, ours, isAlive };
	return readdirSync(folder)
		.filter((name) => isLeftBehind(name, seen) && of(thingOf(name)))
		.map((name) => join(folder, name));
}

/** The same for the thing of one path. */
export const leftBehindOf = (path: string) => leftBehindIn(dirname(path), (name) => name === basename(path));

/** The database process adds a name of its own while it copies. */
const copying = /\.[0-9a-f]{12}\.copying$/;
const pattern = /\.(\d+)-[0-9a-f]+\.unfinished(\.[0-9a-f]{12}\.copying)?$/;

const thingOf = (name: string) => name.replace(pattern, '');

interface Seen {
	pid: number;
	ours: ReadonlySet<string>;
	isAlive: (pid: number) => boolean;
}

/** A pure rule. In a container every process has the number of an earlier one: ours says nothing, but the names that we gave do. */
export function isLeftBehind(name: string, seen: Seen) {
	const maker = Number(pattern.exec(name)?.[1]);
	if (!maker || seen.ours.has(name.replace(copying, ''))) return false;
	return maker === seen.pid || !seen.isAlive(maker);
}
