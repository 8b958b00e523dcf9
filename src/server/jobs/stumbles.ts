import { faultOf, log } from '#server/log.ts';
import { Refused } from '#server/refused.ts';

/** Milliseconds between two lines. Each worker of the queue asks twice in three seconds, and stumbles as often while the disk is full. */
const betweenLines = 60_000;

/** Says that the queue stumbled, at most once a minute, and how often it did so unsaid. */
export function stumblesSaid(now = () => performance.now()) {
	let said = -Infinity;
	let unsaid = 0;
	return (fault: unknown) => {
		if (now() - said < betweenLines) return void (unsaid += 1);
		// A refusal says all there is to say: where it was thrown helps nobody.
		const why = fault instanceof Refused ? { reason: fault.message } : faultOf(fault);
		log('warn', 'The queue stumbled', { ...why, ...(unsaid > 0 && { unsaid }) });
		said = now();
		unsaid = 0;
	};
}
