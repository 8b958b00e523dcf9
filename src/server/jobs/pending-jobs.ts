import { sql } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';
import type { Db } from '#server/db/database.ts';
import { QUEUES } from './queue.ts';
import { SCHEDULE } from './schedule.ts';

/** A job that was enqueued and is not done, as a backup keeps it: what is ours of it, and nothing of how the queue stores it. */
interface PendingJob {
	id: string;
	name: string;
	/** JSON, as text. */
	data: string | null;
	priority: number;
	startAfter: string;
	singletonKey: string | null;
}

/**
 * The query for the jobs that are not done, as lines of PendingJob; null where there is no queue yet. What the clock enqueues
 * is left out: the clock will do so again.
 */
export async function pendingJobs(tx: Db) {
	const { rows } = await sql<{ there: boolean }>`select to_regclass('job.job') is not null as there`.execute(tx);
	if (!rows[0]!.there) return null;
	const byClock = SCHEDULE.map(({ job }) => job);
	return sql`
		select row_to_json(line)::text as line from (
			select id, name, data::text as data, priority, start_after as "startAfter", singleton_key as "singletonKey"
			from job.job
			where state in ('created', 'retry', 'active') and left(name, 2) <> '__' and name <> all (${sql.val(byClock)}::text[])
			order by created_on, id) line`;
}

/**
 * Whether these are as many jobs as are said, which can be enqueued again. A name that is not ours may be one of an older version,
 * whose jobs nobody works any more; one that begins with `__` is of the queue itself.
 */
export function areJobs({ rows, lines }: { rows: number; lines: Buffer }) {
	const all = lines.toString('utf8').split('\n');
	return all.length === rows && all.every((line) => isPendingJob(parsed(line)));
}

function isPendingJob(found: unknown): found is PendingJob {
	if (typeof found !== 'object' || found === null) return false;
	const { id, name, data, priority, startAfter, singletonKey } = found as Record<keyof PendingJob, unknown>;
	return (
		isOf(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, id) &&
		isOf(/^(?!__)[\w./-]{1,100}$/, name) &&
		isOf(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/, startAfter) &&
		!Number.isNaN(Date.parse(startAfter)) &&
		Number.isInteger(priority) &&
		Math.abs(priority as number) < 2 ** 31 &&
		(data === null || isPayload(data)) &&
		(singletonKey === null || (typeof singletonKey === 'string' && singletonKey.length <= 1_000))
	);
}

/** Payloads are ids: what is longer, or deeper, is none of ours, and deep ones end JSON.stringify. */
function isPayload(data: unknown) {
	if (typeof data !== 'string' || data.length > 2 ** 20) return false;
	let level: unknown[] = [parsed(data)];
	if (typeof level[0] !== 'object') return false;
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth > 100) return false;
		level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
	}
	return true;
}

const isOf = (form: RegExp, found: unknown): found is string => typeof found === 'string' && form.test(found);

function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

/** Enqueues jobs that a backup kept, in the transaction. A job that is there already, by its id, is left alone. */
export async function enqueueAgain(boss: PgBoss, tx: Db, lines: string[]) {
	const jobs = lines.map((line) => JSON.parse(line) as PendingJob);
	for (const [name, ofName] of Map.groupBy(jobs, (job) => job.name)) {
		const inserts = ofName.map(({ id, data, priority, startAfter, singletonKey }) => ({
			id,
			data: data === null ? undefined : (JSON.parse(data) as object),
			priority,
			startAfter,
			singletonKey: singletonKey ?? undefined
		}));
		await boss.insert(name, inserts, { db: fromKysely(tx) });
	}
}

/** Makes sure that there are queues for these names, before a transaction: making one has a transaction of its own. */
export async function createQueues(boss: PgBoss, lines: readonly string[]) {
	const names = new Set(lines.map((line) => (JSON.parse(line) as PendingJob).name));
	for (const name of names) await boss.createQueue(name, Object.hasOwn(QUEUES, name) ? QUEUES[name] : undefined);
}
