import { version } from '../../version.ts';
import type { DatabaseState } from './control.ts';
import { freeBytesAt } from './room.ts';
import { tallyOf } from './tally.ts';
import { unitsIn } from './watchdog.ts';

/** How this database process does: asked in the main thread, which answers also while PostgreSQL works. */
export function stateOf(folder: string, shared: { watch: SharedArrayBuffer; tally: SharedArrayBuffer }) {
	const startedAt = new Date().toISOString();
	const tally = tallyOf(shared.tally);
	return (): DatabaseState => ({
		pid: process.pid,
		version,
		startedAt,
		clients: tally.clients(),
		units: unitsIn(shared.watch),
		fsyncs: tally.fsyncs(),
		rssBytes: process.memoryUsage.rss(),
		checkpoints: tally.work('checkpoints'),
		vacuums: tally.work('vacuums'),
		copies: tally.work('copies'),
		freeBytes: freeBytesAt(folder),
		full: tally.isFull()
	});
}
