import { log } from '../../log.ts';
import { ask } from './asking.ts';
import type { Backend } from './backend.ts';
import type { Room } from './room.ts';
import type { Tally } from './tally.ts';
import { inOneTurn, type Turns } from './turns.ts';

interface Options {
	backend: Backend;
	turns: Turns;
	room: Room;
	tally: Tally;
	/** Milliseconds between two looks. */
	interval?: number;
}

/**
 * Has everybody read only while the disk takes no writes: whatever begins then is refused by PostgreSQL itself (25006), and
 * reads go on. All clients share one session, so one SET is enough.
 */
export function readOnlyWhenFull({ backend, turns, room, tally, interval = 250 }: Options) {
	function look() {
		const full = room.isFull();
		if (full === tally.isFull()) return;
		tally.noteFull(full);
		log('warn', full ? 'the disk is full: until there is room, nothing is written' : 'there is room again');
		void inOneTurn(turns, () => ask(backend, `set default_transaction_read_only = ${full ? 'on' : 'off'}`));
	}

	look();
	const timer = setInterval(look, interval);
	return { stop: () => clearInterval(timer) };
}
