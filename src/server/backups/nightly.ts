/** Names of nightly backups, and which of them are kept: pure rules. */

const pattern = /^broadsheet-\d{4}-\d\d-\d\d-\d{4}\.backup$/;
/** Clocks of two machines differ; a job that the database's clock started may come this early by ours. */
const early = 10 * 60_000;
const day = 24 * 3_600_000;

/** The last time of the day `at` (HH:MM, UTC) that has come: tonight's until the next one. */
export function lastOccurrence(at: string, now: Date) {
	const occurrence = new Date(`${now.toISOString().slice(0, 10)}T${at}:00.000Z`).getTime();
	const reached = now.getTime() + early;
	if (occurrence + day <= reached) return new Date(occurrence + day);
	return new Date(occurrence > reached ? occurrence - day : occurrence);
}

/** `broadsheet-2026-11-24-0330.backup`: one name a night, so that the night has one backup however often it is asked for. */
export function nightlyName(at: string, now: Date) {
	const [date, time] = lastOccurrence(at, now).toISOString().split('T');
	return `broadsheet-${date}-${time!.slice(0, 5).replace(':', '')}.backup`;
}

/**
 * Which files have had their time, once `made` is there: all but the newest by the date in their names. The one that was just
 * made stays whatever its name says, since a clock can be wrong, and is none of those that make another one go unless it is newer.
 */
export function outdated(names: readonly string[], { made, kept }: { made: string; kept: number }) {
	const others = names.filter((name) => pattern.test(name) && name !== made).toSorted();
	return others.slice(0, Math.max(0, others.length - (kept - 1)));
}
