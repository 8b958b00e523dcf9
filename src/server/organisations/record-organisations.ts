import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** An organisation as it stands here. */
export interface RecordedOrganisation {
	id: number;
	handle: string;
}

/** Takes down organisations that are not known yet, and gives each by the handle asked for. A known one keeps its name and capitals. */
export async function recordOrganisations(tx: Db, organisations: readonly { handle: string; name: string }[]) {
	if (organisations.length === 0) return new Map<string, RecordedOrganisation>();
	const handles = organisations.map(({ handle }) => handle);
	await tx
		.insertInto('organisation')
		.columns(['handle', 'name'])
		.expression(
			sql`select handle, name from json_populate_recordset(null::organisation, ${JSON.stringify(organisations)})`
		)
		.onConflict((conflict) => conflict.expression(sql`lower(handle)`).doNothing())
		.execute();
	const rows = await tx
		.selectFrom('organisation')
		.select(['handle', 'id'])
		.where(sql`lower(handle)`, '=', sql<string>`any(${handles.map((handle) => handle.toLowerCase())}::text[])`)
		.execute();
	const known = new Map(rows.map((row) => [row.handle.toLowerCase(), row]));
	return new Map(handles.map((handle) => [handle, known.get(handle.toLowerCase())!]));
}
