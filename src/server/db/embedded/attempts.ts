import { Refused } from '../../refused.ts';

/** Milliseconds between a start that failed and the next; a full disk that has room again is to serve within 10 s. */
const shortest = 250;
const longest = 5_000;

interface Failure {
	refusal: Refused;
	count: number;
	until: number;
}

/**
 * Attempts to start that are spaced out. Every client that waits asks for the database; one that cannot start is not tried
 * by each of them, and who asks in between is told at once what the last attempt said.
 */
export function spacedAttempts() {
	const failures = new Map<string, Failure>();
	const underWay = new Map<string, Promise<void>>();

	/** Makes one attempt of its name at a time, which all who ask wait for. */
	function attempt(name: string, work: () => Promise<void>) {
		const failure = failures.get(name);
		if (failure && performance.now() < failure.until) return Promise.reject(failure.refusal);
		const attempted = underWay.get(name) ?? note(name, work()).finally(() => underWay.delete(name));
		underWay.set(name, attempted);
		return attempted;
	}

	async function note(name: string, attempted: Promise<void>) {
		try {
			await attempted;
			failures.delete(name);
		} catch (fault) {
			if (fault instanceof Refused) {
				const count = (failures.get(name)?.count ?? 0) + 1;
				const wait = Math.min(longest, shortest * 2 ** (count - 1));
				failures.set(name, { refusal: fault, count, until: performance.now() + wait });
			}
			throw fault;
		}
	}

	return { attempt };
}
