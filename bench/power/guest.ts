import { chownSync, openSync, writeSync } from 'node:fs';
import { openDatabase } from '#server/db/connection.ts';
import { heldOf, writerOf } from '../durability/writers.ts';

/**
 * The guest's only program. It says on the first serial line what happens: that the database starts, what it holds, and
 * then, for each write that was acknowledged, its writer and row, before that writer writes again.
 */
const dataFolder = '/data/folder';
const line = openSync('/dev/ttyS0', 'w');
const say = (text: string) => writeSync(line, `${text}\n`);

try {
	// Who made the image need not have been root, as which everything in the guest runs.
	chownSync(dataFolder, 0, 0);
	say('starting');
	const { db } = await openDatabase({ dataFolder, databaseUrl: null });
	const held = await heldOf(db);
	say(`held ${JSON.stringify([...held.values()])}`);
	await Promise.all(
		[...held.values()].map(({ client, last }) => {
			const writer = writerOf(db, client);
			writer.goOnAfter(last);
			return writer.write({ stopped: () => false, onWritten: () => say(`kept ${client} ${writer.acknowledged()}`) });
		})
	);
	say('failed the database went away');
} catch (fault) {
	say(`failed ${JSON.stringify((fault as Error).stack)}`);
}
// The first process must not end: its kernel would panic. The host cuts the power.
setInterval(() => {}, 2 ** 30);
