import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { madeAgain, tablesOf } from './catalog.ts';
import type { Header } from './contents.ts';
import { exists, refuseNewerTables, refuseUnlessEmpty } from './refuse-unless.ts';

/** How far a restore is. */
interface Claim {
	/** How many of its parts are in. */
	parts: number;
	/** Whether all of them are, and the same as in the backup. */
	compared: boolean;
}

/** The number of our lock among those of pg_advisory_xact_lock: the letters of "res". */
const lock = 0x726573;

/** Stands for the digest of a backup that is still being taken. */
const onItsWay = 'a move is on its way';

/**
 * Claims an empty database for a move before its copy is taken, so that from then on nothing else uses it. Gives the digest of the
 * backup that is half restored here, which is to be gone on with, or null.
 */
export function claimForMove(db: Db): Promise<string | null> {
	return db.transaction().execute(async (tx) => {
		await sql`select pg_advisory_xact_lock(${sql.lit(lock)})`.execute(tx);
		const half = await halfRestored(tx);
		if (half !== null) return half === onItsWay ? null : half;
		await refuseUnlessEmpty(tx);
		await makeClaim(tx, onItsWay);
		return null;
	});
}

/** Takes back the claim of a move whose copy cannot be taken; nothing has come in. */
export function giveUpMove(db: Db) {
	return db.transaction().execute(async (tx) => {
		await sql`select pg_advisory_xact_lock(${sql.lit(lock)})`.execute(tx);
		if ((await halfRestored(tx)) === onItsWay) await endRestore(tx);
	});
}

/**
 * Claims the database for the restore of this backup, or goes on with it where it was cut off. Gives how far it is. The claim is a table that is there while the database is not whole: `migrate` refuses it, and so does every command. Refuses
 * a database that holds anything.
 */
export function claimDatabase(db: Db, { digest, header }: { digest: string; header: Header }): Promise<Claim> {
	return db.transaction().execute(async (tx) => {
		await sql`select pg_advisory_xact_lock(${sql.lit(lock)})`.execute(tx);
		const half = await halfRestored(tx);
		if (half !== null && half !== onItsWay) return claimOf(tx, digest);
		await refuseUnlessEmpty(tx);
		await refuseNewerTables(tx, header);
		// Of a move that is on its way nothing has come in, so whichever backup is there first may take its place.
		if (half === onItsWay) await endRestore(tx);
		await makeClaim(tx, digest);
		return { parts: 0, compared: false };
	});
}

async function makeClaim(tx: Db, backup: string) {
	await sql`create table restoring (
		backup text primary key,
		parts integer not null default 0,
		compared boolean not null default false,
		started_at timestamptz not null default now()
	)`.execute(tx);
	await sql`comment on table restoring is 'derived: a restore that is not finished'`.execute(tx);
	await sql`insert into restoring (backup) values (${backup})`.execute(tx);
}

/** The digest of the backup that is half restored here, or what stands for it; null where nothing claims the database. */
export async function halfRestored(db: Db) {
	if (!(await exists(db, 'restoring'))) return null;
	const { rows } = await sql<{ backup: string }>`select backup from restoring`.execute(db);
	return rows[0]!.backup;
}

async function claimOf(tx: Db, digest: string) {
	const { rows } = await sql<Claim>`select parts, compared from restoring where backup = ${digest}`.execute(tx);
	if (rows[0]) return rows[0];
	throw new Refused(
		'conflict',
		'The restore of another backup was cut off in this database: run that one again, or take an empty database.'
	);
}

/** Counts a part in, in the transaction that loads it: whoever else restores the same backup waits, and is refused. */
export async function countPart(tx: Db, { digest, part }: { digest: string; part: number }) {
	const { numAffectedRows } = await sql`
		update restoring set parts = ${part} where backup = ${digest} and parts = ${part - 1}`.execute(tx);
	if (numAffectedRows !== 1n) throw anotherRestore();
}

const anotherRestore = () => new Refused('conflict', 'Another restore works on this database; let it finish.');

/**
 * Empties the tables before the first part: a migration may have written rows, and the backup has them, as they were. Whoever else
 * restores the same backup waits here, and where a part of theirs is in, nothing is emptied any more.
 */
export function emptyTables(db: Db, { digest }: { digest: string }) {
	return db.transaction().execute(async (tx) => {
		if (!(await exists(tx, 'restoring'))) throw anotherRestore();
		const { rows } = await sql`
			select from restoring where backup = ${digest} and parts = 0 for update`.execute(tx);
		if (rows.length === 0) throw anotherRestore();
		await truncate(tx);
	});
}

async function truncate(tx: Db) {
	const names = [...(await tablesOf(tx)).map(({ name }) => name), ...(await madeAgain(tx))].map((name) =>
		sql.table(`public.${name}`)
	);
	// What refers to a row goes with it, also where a backup has no part of it.
	if (names.length > 0) await sql`truncate ${sql.join(names)} cascade`.execute(tx);
}

/**
 * Takes back the claim, and what has come in, of a backup that has turned out to be one that cannot be restored, so that another
 * one can be.
 */
export function giveBack(db: Db, { digest }: { digest: string }) {
	return db.transaction().execute(async (tx) => {
		if (!(await exists(tx, 'restoring'))) return;
		const { rows } = await sql`
			select from restoring where backup = ${digest} and not compared for update`.execute(tx);
		if (rows.length === 0) return;
		await truncate(tx);
		await endRestore(tx);
	});
}

/** Lets the counters go on where they were, and notes that what is in the tables is what was in the backup: it is so once. */
export function noteCompared(db: Db, { digest, header: { sequences } }: { digest: string; header: Header }) {
	return db.transaction().execute(async (tx) => {
		const noted = await sql`update restoring set compared = true where backup = ${digest}`.execute(tx);
		if (noted.numAffectedRows !== 1n) throw anotherRestore();
		for (const { name, last } of sequences)
			if (last !== null) await sql`select setval(${`public."${name}"`}::regclass, ${last}::bigint)`.execute(tx);
	});
}

/** Gives the database free: from here on it is whole. */
export const endRestore = (db: Db) => sql`drop table if exists restoring`.execute(db);
