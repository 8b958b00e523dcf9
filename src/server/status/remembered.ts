import type { Db } from '#server/db/database.ts';
import { isOutage } from '#server/db/outages.ts';
import { faultOf, log } from '#server/log.ts';
import { Refused } from '#server/refused.ts';

interface Reading<Value> {
	began: number;
	done: number | null;
	value: Promise<Value>;
}

/** Milliseconds after which an answer is no longer waited for, and asked for once more. */
const LOST = 15_000;

interface Options {
	/** What is read, for the log. */
	what: string;
	/** Milliseconds for which it is remembered. */
	keep: number;
}

/**
 * A reading of a database that is made by one at a time and remembered for a while, so that nobody makes it dear by asking
 * often. One that fails is written down, once, and made again by who asks next.
 */
export function remembered<Value, More extends unknown[] = []>(
	read: (db: Db, ...more: More) => Promise<Value>,
	{ what, keep }: Options
) {
	const readings = new WeakMap<Db, Reading<Value>>();
	return (db: Db, ...more: More): Promise<Value> => {
		const last = readings.get(db);
		const now = performance.now();
		if (last && (last.done === null ? now - last.began < LOST : now - last.done < keep)) return last.value;
		const reading: Reading<Value> = { began: now, done: null, value: read(db, ...more) };
		readings.set(db, reading);
		reading.value.then(
			() => (reading.done = performance.now()),
			(fault: unknown) => {
				readings.delete(db);
				// An outage is told by its words; where it met us says nothing.
				const { stack, ...words } = faultOf(fault);
				const isKnown = fault instanceof Refused || isOutage(fault);
				log('warn', 'A part of the status is not known', { what, ...words, ...(!isKnown && { stack }) });
			}
		);
		return reading.value;
	};
}
