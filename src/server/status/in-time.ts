import { LATE, within } from '#server/http/within.ts';

/** What comes within so many milliseconds; null when it does not come, or fails, which is for whoever asked to write down. */
export async function inTime<Value>(value: Promise<Value>, patience: number): Promise<Value | null> {
	const known = await within<Value | null>(
		patience,
		value.catch(() => null)
	);
	return known === LATE ? null : known;
}
