import { once } from 'node:events';

/** Waits for SIGTERM or SIGINT. A second one ends the process at once. */
export async function untilToldToStop() {
	await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
	for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));
}
