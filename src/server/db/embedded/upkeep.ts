import { log } from '../../log.ts';
import type { Backend } from './backend.ts';
import { messagesOf, query, typeOf } from './protocol.ts';
import type { Holder, Turns } from './turns.ts';

/** Looks without work after which the database counts as idle. */
const looksUntilIdle = 5;
/** Bytes of log after which a checkpoint is made at once, and when idle. More log is a longer start after a crash. */
const logWhenBusy = 64 * 2 ** 20;
const logWhenIdle = 2 ** 20;

interface UpkeepOptions {
	backend: Backend;
	turns: Turns;
	/** How many units have run so far. */
	units: () => number;
	/** Milliseconds between two looks. */
	interval?: number;
}

/**
 * What PostgreSQL's background processes would do, of which single-user mode has none: without it 60 updates of 50,000
 * rows left 1.46 GB of log, and the table grew from 15 to 928 MB (foundations §2). It takes turns like a client. A table
 * is vacuumed in idle time when a fifth of it is dead (PostgreSQL's own threshold), in busy time when it is mostly dead.
 */
export function startUpkeep({ backend, turns, units, interval = 1_000 }: UpkeepOptions) {
	let unitsSeen = units();
	let quietLooks = 0;
	let checkpointAt: number | null = null;
	let due = false;

	const holder: Holder = {
		maintains: () => true,
		hasWork: () => due,
		takeTurn: async () => {
			due = false;
			await lookAfter(quietLooks >= looksUntilIdle);
			unitsSeen = units();
			return false;
		},
		overstayed: () => {}
	};

	const timer = setInterval(() => {
		quietLooks = units() === unitsSeen ? quietLooks + 1 : 0;
		unitsSeen = units();
		// Busy: each look. Idle: once, when idleness begins; then nothing is asked any more.
		due = quietLooks === 0 || quietLooks === looksUntilIdle;
		if (due) turns.ask(holder);
	}, interval);

	async function lookAfter(idle: boolean) {
		const written = Number((await rows(`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn`))[0]);
		checkpointAt ??= written;
		const grown = written - checkpointAt;
		const worn = await rows(wornTables(idle ? { share: 0.2, rows: 50 } : { share: 1, rows: 10_000 }));
		// One table a look while others want to work.
		for (const table of idle ? worn : worn.slice(0, 1)) await work(`VACUUM (ANALYZE) ${table}`);
		if (grown > (idle ? logWhenIdle : logWhenBusy)) {
			await work('CHECKPOINT');
			checkpointAt = written;
		}
	}

	async function work(sql: string) {
		const began = performance.now();
		await rows(sql);
		log('debug', 'database upkeep', { sql, ms: Math.round(performance.now() - began) });
	}

	/** The first column of the answer; a failed statement is worth a line, and the next look tries again. */
	async function rows(sql: string) {
		const { bytes } = await backend.execute(query(sql), { maintains: true });
		const messages = [...messagesOf(Buffer.concat(bytes))];
		const failure = messages.find((one) => typeOf(one) === 'E');
		if (failure) log('warn', 'database upkeep failed', { sql, fault: failure.toString('utf8', 5) });
		return messages.filter((one) => typeOf(one) === 'D').map((row) => row.toString('utf8', 11));
	}

	return { stop: () => clearInterval(timer) };
}

/** https://www.postgresql.org/docs/18/routine-vacuuming.html#AUTOVACUUM, for dead and for changed or inserted rows alike. */
const wornTables = ({ share, rows }: { share: number; rows: number }) => `
	select format('%I.%I', schemaname, stat.relname) from pg_stat_user_tables stat join pg_class on pg_class.oid = relid
	where greatest(n_dead_tup, n_mod_since_analyze, n_ins_since_vacuum) > ${rows} + ${share} * greatest(reltuples, 0)
	order by n_dead_tup desc`;
