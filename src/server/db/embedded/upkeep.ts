import { log } from '../../log.ts';
import { ask, checkpoint, StatementFailed } from './asking.ts';
import type { Backend } from './backend.ts';
import type { WorkKind } from './tally.ts';
import type { Holder, Turns } from './turns.ts';

/** A look is quiet when fewer units ran since the last one. The queue of a site without visitors asks 2 to 4 times a second. */
const unitsOfWork = 10;
/** Quiet looks after which the database counts as idle, and after which it does so again. */
const looksUntilIdle = 5;
const looksBetweenIdle = 60;

interface Care {
	/** Which tables are vacuumed: SQL over their `live` rows and the `worn` ones, which are dead, changed or inserted. */
	when: string;
	/** How many of them in one turn. */
	tables: number;
	/**
	 * Of which of them what points at dead rows is taken out of the indexes too: SQL. It is most of the work: 1.2 s beside 0.3
	 * for 50,000 dead of 150,000 papers. Without it the rows' room is free again all the same, but for 4 bytes each.
	 */
	indexes: string;
	/**
	 * Bytes of log after which a checkpoint is made. More log is a longer start after a crash, and a longer checkpoint, for
	 * which everybody waits: 0.7 to 1 s at 64 MB in an import. Fewer bytes are more log in all, as each page is logged whole
	 * once after each: at 16 MB random updates were 25 % slower.
	 */
	log: number;
}

const mostlyWorn = 'worn > 10000 + live';
const small = 'pg_relation_size(relid) < 32 * 2 ^ 20';
/**
 * What is done how soon. A table is vacuumed when idle at PostgreSQL's own threshold, a fifth of it. The queue's tables are
 * small and wear fast, so in a lull they are done too, one a look: 35 MB took 60 to 100 ms.
 */
const care = {
	busy: { when: mostlyWorn, tables: 1, indexes: small, log: 16 * 2 ** 20 },
	lull: {
		when: `${mostlyWorn} or (worn > 1000 + 0.2 * live and ${small})`,
		tables: 1,
		indexes: small,
		log: 16 * 2 ** 20
	},
	idle: { when: 'worn > 50 + 0.2 * live', tables: Infinity, indexes: 'true', log: 2 ** 20 }
} satisfies Record<string, Care>;

interface UpkeepOptions {
	backend: Backend;
	turns: Turns;
	/** How many units have run so far. */
	units: () => number;
	/** Whether there is no room to write: then nothing is vacuumed, which may write much before it frees anything. */
	isFull: () => boolean;
	/** Told of each piece of work, and how long everybody waited for it. */
	onWork: (kind: WorkKind, ms: number) => void;
	/** Milliseconds between two looks. */
	interval?: number;
}

/**
 * What PostgreSQL's background processes would do, of which single-user mode has none: without it 60 updates of 50,000
 * rows left 1.46 GB of log, and the table grew from 15 to 928 MB. It takes turns like a client.
 */
export function startUpkeep({ backend, turns, units, isFull, onWork, interval = 1_000 }: UpkeepOptions) {
	let unitsSeen = units();
	let unitsWhenIdle = -1;
	let quietLooks = 0;
	let checkpointAt: number | null = null;
	let due: Care | null = null;

	const holder: Holder = {
		maintains: () => true,
		hasWork: () => due !== null,
		takeTurn: async () => {
			const wanted = due!;
			due = null;
			await lookAfter(wanted);
			unitsSeen = units();
			if (wanted === care.idle) unitsWhenIdle = unitsSeen;
			return false;
		},
		overstayed: () => {}
	};

	const timer = setInterval(() => {
		const ran = units() - unitsSeen;
		unitsSeen += ran;
		quietLooks = ran < unitsOfWork ? quietLooks + 1 : 0;
		due = careNow(ran);
		if (due) turns.ask(holder);
	}, interval);

	/** Where nothing ran, nothing is asked: a database that nobody uses uses no processor. */
	function careNow(ran: number) {
		if (quietLooks % looksBetweenIdle === looksUntilIdle && units() !== unitsWhenIdle) return care.idle;
		if (ran === 0) return null;
		return quietLooks > 0 ? care.lull : care.busy;
	}

	async function lookAfter({ log: mostLog, ...wanted }: Care) {
		const written = Number((await rows(`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn`))[0]);
		checkpointAt ??= written;
		const grown = written - checkpointAt;
		const vacuums = isFull() ? [] : await rows(vacuumsOf(wanted));
		for (const vacuum of vacuums.slice(0, wanted.tables)) await timed('vacuums', () => rows(vacuum), vacuum);
		if (grown > mostLog) {
			await timed('checkpoints', () => checkpoint(backend));
			checkpointAt = written;
		}
	}

	async function timed(kind: WorkKind, work: () => Promise<unknown>, statement?: string) {
		const began = performance.now();
		await work();
		const ms = performance.now() - began;
		onWork(kind, ms);
		log('debug', 'database upkeep', { kind, statement, ms: Math.round(ms) });
	}

	/** A failed statement is worth a line, and the next look tries again. */
	async function rows(sql: string) {
		try {
			return await ask(backend, sql);
		} catch (fault) {
			if (!(fault instanceof StatementFailed)) throw fault;
			log('warn', 'database upkeep failed', { sql, fault: fault.message });
			return [];
		}
	}

	return { stop: () => clearInterval(timer) };
}

/**
 * The statements that are due, the most worn first. https://www.postgresql.org/docs/18/routine-vacuuming.html#AUTOVACUUM, for
 * dead and for changed or inserted rows alike.
 */
const vacuumsOf = ({ when, indexes }: Pick<Care, 'when' | 'indexes'>) => `
	select format('VACUUM (ANALYZE, INDEX_CLEANUP %s) %I.%I', case when ${indexes} then 'AUTO' else 'OFF' end, schemaname, stat.relname)
	from pg_stat_user_tables stat join pg_class on pg_class.oid = relid,
		lateral (select greatest(n_dead_tup, n_mod_since_analyze, n_ins_since_vacuum) as worn, greatest(reltuples, 0) as live)
	where ${when}
	order by n_dead_tup desc`;
