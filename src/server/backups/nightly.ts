/** Names of nightly backups, and which of them are kept: pure rules. */

const pattern = /^broadsheet-(\d{4}-\d\d-\d\d)-(\d\d)(\d\d)\.backup$/;
export const isNightly = (name: string) => pattern.test(name);
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
 * Those of days to come, which a clock that was ahead has left, are neither counted nor removed.
 */
export function outdated(names: readonly string[], { made, kept, now }: { made: string; kept: number; now: Date }) {
	const others = names.filter((name) => isNightly(name) && name !== made && timeOf(name) <= now.getTime() + day);
	return others.toSorted().slice(0, Math.max(0, others.length - (kept - 1)));
}

/** Not a number where there is no such day. */
function timeOf(name: string) {
	const [, date, hour, minute] = pattern.exec(name)!;
	return Date.parse(`${date}T${hour}:${minute}:00Z`);
}
