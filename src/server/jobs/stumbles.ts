import { faultOf, log } from '#server/log.ts';

/** Milliseconds between two lines. Each worker of the queue asks twice in three seconds, and stumbles as often while the disk is full. */
const betweenLines = 60_000;

/** Says that the queue stumbled, at most once a minute, and how often it did so unsaid. */
export function stumblesSaid(now = () => performance.now()) {
	let said = -Infinity;
	let unsaid = 0;
	return (fault: unknown) => {
		if (now() - said < betweenLines) return void (unsaid += 1);
		log('warn', 'The queue stumbled', { ...faultOf(fault), ...(unsaid > 0 && { unsaid }) });
		said = now();
		unsaid = 0;
	};
}
