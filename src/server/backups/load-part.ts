import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import type { Table } from './catalog.ts';
import type { Chunk } from './table-rows.ts';

/**
 * Writes rows of a backup as they were: what is generated is generated again, numbers that the database gave stay, and no
 * trigger of ours runs, since what triggers would write is in the backup. Keys and checks hold as always.
 */
export async function loadRows(tx: Db, { name, columns }: Table, { rows, lines }: Chunk) {
	const table = sql.table(`public.${name}`);
	const named = sql.join(columns.map((column) => sql.ref(column.name)));
	const asText = sql.join(columns.map((column) => sql`${sql.ref(column.name)} text`));
	const asValue = sql.join(columns.map((column) => sql`${sql.ref(column.name)}::${sql.raw(column.type)}`));
	await sql`alter table ${table} disable trigger user`.execute(tx);
	const { numAffectedRows } = await sql`
		insert into ${table} (${named}) overriding system value
		select ${asValue} from json_to_recordset(${jsonArray(lines)}::json) line (${asText})`.execute(tx);
	if (numAffectedRows !== BigInt(rows)) throw new Error(`${name} took ${numAffectedRows} of ${rows} rows`);
	await sql`alter table ${table} enable trigger user`.execute(tx);
}

/** Lines hold no line break but those between them: JSON writes one in a text as two characters. */
const jsonArray = (lines: Buffer) => `[${lines.toString('utf8').replaceAll('\n', ',')}]`;
