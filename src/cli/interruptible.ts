/**
 * Works until it is done, or told to stop by SIGINT or SIGTERM: then the signal is aborted, and the status is 130 once the work
 * has put things in order, and the hint tells what there is now. A second one ends the process at once.
 */
export async function interruptible(hint: string, work: (signal: AbortSignal) => Promise<number>) {
	const signal = signalOfInterrupt();
	try {
		return await work(signal);
	} catch (fault) {
		if (!signal.aborted) throw fault;
		process.stderr.write(`It was cut off; ${hint}.\n`);
		return 130;
	}
}

/** Aborted by the first SIGINT or SIGTERM, after which the work puts things in order; the second ends the process at once. */
export function signalOfInterrupt() {
	const interrupted = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.on(signal, () => (interrupted.signal.aborted ? process.exit(130) : interrupted.abort()));
	return interrupted.signal;
}
