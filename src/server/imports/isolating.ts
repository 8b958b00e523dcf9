import { Refused } from '#server/refused.ts';

/** Why one entry could not be taken. */
export class NotTaken {
	readonly reason: string;

	constructor(reason: string) {
		this.reason = reason;
	}
}

/**
 * Does the work with all entries at once; where one of them is refused, with each half, until it is found. So one bad
 * entry costs itself and nothing else, without a look at each before.
 */
export async function isolating<Entry, Result>(
	entries: readonly Entry[],
	work: (some: readonly Entry[]) => Promise<readonly Result[]>
): Promise<readonly (Result | NotTaken)[]> {
	try {
		return await work(entries);
	} catch (fault) {
		const reason = reasonOf(fault);
		if (reason === null) throw fault;
		if (entries.length === 1) return [new NotTaken(reason)];
		const half = Math.ceil(entries.length / 2);
		const before = await isolating(entries.slice(0, half), work);
		return [...before, ...(await isolating(entries.slice(half), work))];
	}
}

/** What the entry itself is to blame for: a refusal, or data that PostgreSQL does not take (classes 22, 23 and 54). */
export function reasonOf(fault: unknown): string | null {
	if (fault instanceof Refused) return fault.message;
	// A record that a rule of ours stumbles over is one record, and not the end of the run.
	if (fault instanceof TypeError || fault instanceof RangeError)
		return `could not be read, which is a fault of Broadsheet: ${fault.message}`;
	const { code, message } = fault as { code?: unknown; message?: string };
	return typeof code === 'string' && /^(22|23|54)...$/.test(code) ? `the database does not take it: ${message}` : null;
}
