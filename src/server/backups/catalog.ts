import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** A table that a backup holds. */
export interface Table {
	name: string;
	/** Those that are stored and not generated. */
	columns: Column[];
	/** The columns of the primary key; rows are read in its order. */
	key: string[];
	/** The tables that its foreign keys point to. */
	needs: string[];
}

interface Column {
	name: string;
	type: string;
	/** Whether it has a collation, so that servers may sort it each in their own way. */
	collates: boolean;
}

/** A counter of an identity column, with the number it gave last; null when it has given none. */
export interface Sequence {
	name: string;
	last: string | null;
}

/**
 * The tables of a backup, each after those it refers to: all of the schema `public`, so that a later migration's are among
 * them without a word here. Left out is what a comment on the table calls derived, which is made again or belongs to one
 * installation, and the list of migrations, which has its own place.
 */
export async function tablesOf(db: Db): Promise<Table[]> {
	const { rows } = await sql<Table>`
		select class.relname as name,
			coalesce((select json_agg(json_build_object(
					'name', attname, 'type', format_type(atttypid, atttypmod), 'collates', attcollation <> 0) order by attnum)
				from pg_attribute
				where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = ''), '[]') as columns,
			coalesce((select json_agg(attname order by place)
				from pg_index, unnest(indkey::int2[]) with ordinality as part (number, place)
				join pg_attribute on attnum = number
				where indrelid = class.oid and indisprimary and attrelid = class.oid), '[]') as key,
			coalesce((select json_agg(distinct needed.relname)
				from pg_constraint join pg_class needed on needed.oid = confrelid
				where contype = 'f' and conrelid = class.oid and confrelid <> class.oid), '[]') as needs
		from pg_class class
		where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration'
			and coalesce(obj_description(class.oid, 'pg_class'), '') not like 'derived:%'
			and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = class.oid and deptype = 'e')
		order by relname`.execute(db);
	return inOrder(rows);
}

/** The tables that are made again from what a backup holds: `derived: from …`. What they hold of other rows has to go with those. */
export async function madeAgain(db: Db): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select relname as name from pg_class
		where relnamespace = 'public'::regnamespace and relkind = 'r'
			and obj_description(oid, 'pg_class') like 'derived: from %' order by relname`.execute(db);
	return rows.map(({ name }) => name);
}

/** A pure rule: each table after those it needs. */
export function inOrder<T extends Pick<Table, 'name' | 'needs'>>(tables: readonly T[]): T[] {
	const waiting = new Map(tables.map((table) => [table.name, table]));
	const ordered: T[] = [];
	while (waiting.size > 0) {
		const ready = [...waiting.values()].filter(({ needs }) => !needs.some((name) => waiting.has(name)));
		if (ready.length === 0)
			throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`);
		for (const table of ready) waiting.delete(table.name);
		ordered.push(...ready);
	}
	return ordered;
}

/** The counters of these tables. They are no part of a transaction, so they are never behind the rows that it sees. */
export async function sequencesOf(db: Db, tables: readonly Pick<Table, 'name'>[]): Promise<Sequence[]> {
	const { rows } = await sql<Sequence & { table: string }>`
		select counter.relname as name, owner.relname as "table", pg_sequence_last_value(counter.oid)::text as last
		from pg_class counter
		join pg_depend on classid = 'pg_class'::regclass and objid = counter.oid
			and refclassid = 'pg_class'::regclass and deptype in ('a', 'i')
		join pg_class owner on owner.oid = refobjid
		where counter.relkind = 'S' and counter.relnamespace = 'public'::regnamespace
		order by counter.relname`.execute(db);
	const names = new Set(tables.map(({ name }) => name));
	return rows.filter(({ table }) => names.has(table)).map(({ name, last }) => ({ name, last }));
}
