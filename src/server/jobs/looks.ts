import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until it is told to stop; a look that fails is told, and the next comes all the same. */
export function lookRegularly(
	look: () => Promise<void>,
	{ every, onFault }: { every: number; onFault: (fault: unknown) => void }
) {
	const stopping = new AbortController();
	const looking = (async () => {
		for (;;) {
			await pause(every, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
			if (stopping.signal.aborted) return;
			await look().catch(onFault);
		}
	})();
	return {
		stop: () => {
			stopping.abort();
			return looking;
		}
	};
}
